using System.Collections.Immutable;
using System.Globalization;
using MedTune.Data;
using MedTune.Modalities.Tabular;

namespace MedTune;

/// <summary>What a run on a table reads before it begins: data, folds, test data and plan.</summary>
internal sealed record TableInputs(Plan Plan, Dataset Dataset, FoldAssignment? Folds, Dataset? Test) : RunInputs(Plan)
{
    /// <inheritdoc/>
    public override string Digest => Dataset.Digest;

    /// <summary>Reads what a request names, and makes its plan.</summary>
    public static TableInputs Of(TrainingRequest request)
    {
        if (request.Network is not null || request.CorrectionsPath is not null || request.Side is not null || request.Augmentation is not null)
        {
            throw new PlanException("A network for pictures, --corrections, --side and --augmentation belong to pictures; the data are a table.");
        }

        var options = request.From is { } source
            ? request.Data with
            {
                Schema = MovedData.SchemaOf(source.Manifest),
                ClassNames = source.Manifest.Classes,
                Missing = [.. request.Data.Missing.Union(source.Manifest.MissingMarkers, StringComparer.Ordinal)],
            }
            : request.Data;
        var dataset = Dataset.From(TableReader.Read(request.DataPath, options.Read), options);
        var folds = request.FoldsPath is null ? null : FoldFile.Read(request.FoldsPath, dataset);
        var test = request.TestPath is null ? null : Dataset.From(TableReader.Read(request.TestPath, options.Read), options with
        {
            ChecksLeaks = false,
            ClassNames = dataset.ClassNames,
            Schema = options.Schema ?? OwnSchema(dataset),
        });
        var plan = PlanOf(request, () => Plan.For(dataset));
        plan = request.From is { } from ? plan with { From = from } : plan;
        PlanCheck.Throw(plan);
        ThrowIfStopped(dataset.Findings, plan.Accepted, WithoutColumns);
        return new TableInputs(plan, dataset, folds?.Assignment, test) { SplitFindings = [.. folds?.Findings ?? [], .. TestFindings(dataset, test)] };
    }

    /// <inheritdoc/>
    public override void WriteBeginning(RunFolder folder)
    {
        Plan.From?.Save(folder.Of(RunFolder.ParentFile));
        if (Folds is { } folds)
        {
            ResultFile.Write(folder.Of(RunFolder.FoldsFile), RecordedFolds.ToText(folds, row => Dataset.RowNumbers[row].ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <inheritdoc/>
    public override Task<Run> RunAsync(ExperimentOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellation) =>
        Experiment.RunAsync(Plan, Dataset, options with { Folds = Folds, Test = Test }, progress, cancellation);

    private static string WithoutColumns(Finding[] stops)
    {
        string drops = string.Join(' ', stops.Select(finding => finding.Column).OfType<string>().Distinct(StringComparer.Ordinal).Select(column => $"--drop '{column}'"));
        return drops.Length > 0 ? $"leave the columns out with {drops}, or " : "";
    }

    private static ImmutableSortedDictionary<string, FeatureSchema> OwnSchema(Dataset dataset) => dataset.Features.ToImmutableSortedDictionary(
        feature => feature.Name, feature => new FeatureSchema(feature.Kind, feature is NumberColumn), StringComparer.Ordinal);

    /// <summary>Rows of the test data that the model is trained on.</summary>
    private static IEnumerable<Finding> TestFindings(Dataset dataset, Dataset? test)
    {
        var known = test is null ? [] : dataset.RowDigests.ToHashSet(StringComparer.Ordinal);
        int seen = test?.RowDigests.Count(known.Contains) ?? 0;
        if (seen > 0)
        {
            yield return new Finding(
                FindingCodes.TestRowsInTraining,
                FindingSeverity.Warning,
                null,
                seen,
                $"{seen} of the {test!.RowCount} rows of the test data equal a row of the training data in all features and the target.",
                "Judged all the same; if they are the same patients, the figures are too good: take them out of one of the two files.");
        }
    }
}
