using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>A linear model over a table of genes or variants; what differs is the penalty, and what is made of the values before.</summary>
/// <remarks>Every part of a fit, the choice of genes included, is given the rows it may look at and no others: what a fold holds out is only ever answered.</remarks>
internal abstract class LinearTableCandidate : GeneCandidate
{
    private const string Weights = "weights";
    private const string Intercepts = "intercepts";
    private const string OutOfFold = "out-of-fold";
    private const string Losses = "losses";
    private const string Shares = "shares";
    private const string Frequencies = "frequencies";

    // Features without a weight are worth telling where half of all halves chose them.
    private const double OftenChosen = 0.5;

    /// <summary>The settings in words, the safest first.</summary>
    /// <param name="data">The samples.</param>
    protected abstract ImmutableArray<string> SettingsFor(GeneData data);

    /// <summary>What the values become, measured on training rows.</summary>
    protected abstract LinearSpace Measure(GeneData data, int[] rows);

    /// <summary>A space that a record kept.</summary>
    protected abstract LinearSpace SpaceOf(GeneData data, FitRecord record);

    /// <summary>One model for each setting; classes are numbered without gaps.</summary>
    protected abstract GeneLinearFit[] FitSettings(double[][] columns, int[] classes, int count, CancellationToken cancellation);

    /// <summary>How often each feature is chosen on halves of the rows, by margin; null where the kind of model chooses none.</summary>
    protected virtual double[][]? ChosenOften(GeneFitTask task, double[][] columns) => null;

    /// <inheritdoc/>
    public override FitRecord Fit(GeneFitTask task, FitProgressFile progress)
    {
        ArgumentNullException.ThrowIfNull(task);
        var (spaces, fits) = FitParts(task);
        int settings = fits[^1].Length;
        var margins = MarginsOf(task, spaces, fits, settings);
        var shares = SettingShares.Of(margins, task);
        var fit = GeneLinearFit.Mean(fits[^1], shares.Weights, spaces[^1].Width);
        var record = new FitRecord { [Shares] = shares.Weights, [Intercepts] = fit.Intercepts, [Losses] = [.. shares.Losses], [Weights] = [.. fit.Weights.SelectMany(own => own)] };
        record.SetFloats(OutOfFold, shares.OutOfFold);
        spaces[^1].Write(record);
        if (task.Explains && ChosenOften(task, spaces[^1].Columns) is { } frequencies)
        {
            record[Frequencies] = [.. frequencies.SelectMany(own => own)];
        }

        return record;
    }

    /// <inheritdoc/>
    public override GeneFit Build(GeneData data, FitRecord record)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(record);
        var space = SpaceOf(data, record);
        var fit = new GeneLinearFit(record[Intercepts], [.. record[Weights].Chunk(space.Width)]);
        var builder = new GraphBuilder("medtune");
        var input = builder.Input(data.InputName, ElementType.Float, Dimension.Batch, data.Features.Length);
        builder.Output(space.Append(builder, input, fit, GeneFit.MarginsName));
        var settings = SettingsFor(data);
        return new GeneFit(builder.Build(), SettingShares.Words(settings, record[Shares]), record.Floats(OutOfFold))
        {
            Losses = [.. settings.Zip(record[Losses], KeyValuePair.Create)],
            Weights = record.Names.Contains(Frequencies) ? WeightsOf(fit, [.. record[Frequencies].Chunk(space.Width)], data.Features.Length) : [],
        };
    }

    /// <summary>Fits every inner training part, and last all rows.</summary>
    private (LinearSpace[] Spaces, GeneLinearFit[][] Fits) FitParts(GeneFitTask task)
    {
        int parts = task.Inner.Folds + 1;
        var (spaces, fits) = (new LinearSpace[parts], new GeneLinearFit[parts][]);
        task.Pool.Run(parts, (Owner: this, task, spaces, fits), static (state, part) =>
        {
            var (candidate, task) = (state.Owner, state.task);
            int[] rows = part < task.Inner.Folds ? task.Inner.TrainingRows(part) : task.Rows;
            var space = candidate.Measure(task.Data, rows);
            int[] classes = Array.ConvertAll(rows, row => task.Data.Classes[row]);
            double[][] columns = space.Columns;
            state.spaces[part] = space;
            state.fits[part] = GeneLinearFit.OfPresent(
                (own, count) => candidate.FitSettings(columns, own, count, task.Cancellation), classes, task.Data.ClassNames.Length, space.Width);
            if (part < task.Inner.Folds)
            {
                space.ForgetColumns();
            }
        });
        return (spaces, fits);
    }

    private static float[][] MarginsOf(GeneFitTask task, LinearSpace[] spaces, GeneLinearFit[][] fits, int settings)
    {
        int width = task.Data.Margins;
        var margins = Enumerable.Range(0, settings).Select(_ => new float[task.Rows.Length * width]).ToArray();
        task.Pool.Run(task.Rows.Length, (task, spaces, fits, margins, width), static (state, i) =>
        {
            int row = state.task.Rows[i];
            int fold = state.task.Inner.FoldOfRow[row];
            var values = new double[state.spaces[fold].Width];
            state.spaces[fold].Row(state.task.Data.RowOf(row), values);
            for (int setting = 0; setting < state.margins.Length; setting++)
            {
                // A part without one of the classes has a single model, and a path may end early: the last one stands for what follows.
                var fit = state.fits[fold][Math.Min(setting, state.fits[fold].Length - 1)];
                fit.Write(values, state.margins[setting].AsSpan(i * state.width, state.width));
            }
        });
        return margins;
    }

    private static ImmutableArray<GeneWeight> WeightsOf(GeneLinearFit fit, double[][] frequencies, int features) =>
    [
        .. Enumerable.Range(0, fit.Intercepts.Length)
            .SelectMany(margin => Enumerable.Range(0, features)
                .Where(feature => fit.Weights[margin][feature] != 0 || frequencies[margin][feature] >= OftenChosen)
                .Select(feature => new GeneWeight(feature, margin, fit.Weights[margin][feature], frequencies[margin][feature])))
            .OrderByDescending(weight => weight.Selected).ThenByDescending(weight => Math.Abs(weight.Weight)).ThenBy(weight => weight.Feature).ThenBy(weight => weight.Margin),
    ];
}
