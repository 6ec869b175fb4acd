using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Prediction;

/// <summary>Reads from a linear model what each column does to its answers.</summary>
public static class ModelEffects
{
    // Codes of a category: 0 is a level never seen, 1 is missing, then the levels in order.
    private const int MissingCode = 1;
    private const int FirstLevel = 2;

    /// <summary>The effects, column after column in the order of the model; class after class where there are several.</summary>
    /// <param name="model">The model.</param>
    /// <returns>Empty for models that are not linear: their columns have no single effect.</returns>
    /// <exception cref="ModelFileException">The weights do not fit the columns the manifest names.</exception>
    public static ImmutableArray<ModelEffect> Of(ModelFile model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var manifest = model.Manifest;
        double slope = Slope(model);
        int margins = manifest.Classes.Length == 2 ? 1 : manifest.Classes.Length;
        var columns = manifest.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var effects = ImmutableArray.CreateBuilder<ModelEffect>();
        for (int k = 0; k < margins; k++)
        {
            string? className = margins == 1 ? null : manifest.Classes[k];
            foreach (var term in manifest.Head.Terms)
            {
                var weights = new TermWeights(model.Graph.Initializers[term.Weights], k, margins, slope);
                if (!columns.TryGetValue(term.Column, out var column))
                {
                    throw new ModelFileException("The model file is damaged: a term of its manifest belongs to no column; train or fetch the model again.");
                }

                effects.AddRange(term.Index >= 0 ? [OfFeature(term, weights, className)] : OfLevels(term, column, weights, className));
            }
        }

        return effects.ToImmutable();
    }

    private static ModelEffect OfFeature(ManifestTerm term, TermWeights weights, string? className)
    {
        double logOdds = weights[term.Index];
        return new ModelEffect
        {
            Column = term.Column,
            Label = term.Label,
            ClassName = className,
            LogOdds = logOdds,
            OddsRatio = DoubleMath.Exp(logOdds),
            Scale = term.Scale,
        };
    }

    private static IEnumerable<ModelEffect> OfLevels(ManifestTerm term, ManifestColumn column, TermWeights weights, string? className)
    {
        double average = weights.Average(term.MeanContribution);
        if (column.Levels.Length == 2)
        {
            yield return OfLevel(term, column.Levels[1], column.Levels[0], weights[FirstLevel + 1] - weights[FirstLevel], className);
        }
        else
        {
            for (int level = 0; level < column.Levels.Length; level++)
            {
                yield return OfLevel(term, column.Levels[level], null, weights[FirstLevel + level] - average, className);
            }
        }

        if (column.MissingShare > 0)
        {
            double logOdds = weights[MissingCode] - average;
            yield return new ModelEffect
            {
                Column = term.Column,
                Label = $"{term.Label} is missing",
                ClassName = className,
                LogOdds = logOdds,
                OddsRatio = DoubleMath.Exp(logOdds),
            };
        }
    }

    private static ModelEffect OfLevel(ManifestTerm term, string level, string? against, double logOdds, string? className) => new()
    {
        Column = term.Column,
        Label = $"{term.Label} = {level}",
        Level = level,
        Against = against,
        ClassName = className,
        LogOdds = logOdds,
        OddsRatio = DoubleMath.Exp(logOdds),
    };

    /// <summary>What calibration multiplies margins by: part of every effect on the answer.</summary>
    private static double Slope(ModelFile model) =>
        model.Manifest.Head is { } head && head.Margin != head.CalibratedMargin
        && model.Graph.Initializers.TryGetValue(ModelFile.CalibrationSlope, out var tensor) && tensor is Tensor<float> { Length: 1 } slope
            ? slope.Values[0]
            : 1;
}
