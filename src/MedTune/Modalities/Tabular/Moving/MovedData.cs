using System.Collections.Immutable;
using MedTune.Data;
using MedTune.Prediction;

namespace MedTune.Modalities.Tabular;

/// <summary>Reads data through the columns of an existing model: mapped by name, taken as the model takes them.</summary>
internal static class MovedData
{
    /// <summary>What the model's columns are, as <see cref="DatasetOptions.Schema"/> says it.</summary>
    public static ImmutableSortedDictionary<string, FeatureSchema> SchemaOf(Manifest manifest) =>
        manifest.Columns.ToImmutableSortedDictionary(
            column => column.Name,
            column => new FeatureSchema(
                column.Kind == PlanColumn.Number ? ColumnKind.Number : ColumnKind.Category, column.Kind != PlanColumn.Category),
            StringComparer.Ordinal);

    /// <summary>The same rows, with the model's columns as features and the model's classes.</summary>
    /// <exception cref="DataException">Columns are missing or hold something else, or the classes differ.</exception>
    public static Dataset Read(Dataset dataset, Manifest manifest) => dataset.Options.Schema is not null
        ? dataset
        : Dataset.From(dataset.Table, dataset.Options with
        {
            Schema = SchemaOf(manifest),
            ClassNames = manifest.Classes,
            Missing = [.. dataset.Options.Missing.Union(manifest.MissingMarkers, StringComparer.Ordinal)],
        });

    /// <summary>A dataset that was read through the model's columns, as its inputs.</summary>
    public static TabularData For(Dataset dataset, ModelFile model)
    {
        if (dataset.ClassNames.Length != model.Manifest.Classes.Length)
        {
            throw new DataException(
                $"The model answers {model.Manifest.Classes.Length} classes; the target of these data has {dataset.ClassNames.Length}. Give a target rule with the same classes.");
        }

        return TabularData.For(dataset, [.. model.Manifest.Columns.Select(column => new PlanColumn(column.Name, column.Kind, "as the model takes it"))]);
    }
}
