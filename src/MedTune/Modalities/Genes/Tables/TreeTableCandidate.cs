using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>Decision trees over a table of genes or variants; they take raw values, and each split says where missing ones go.</summary>
internal abstract class TreeTableCandidate : GeneCandidate
{
    private const string Shares = "shares";
    private const string Losses = "losses";
    private const string OutOfFold = "out-of-fold";

    /// <summary>The settings in words, the safest first.</summary>
    protected abstract ImmutableArray<string> Settings { get; }

    /// <summary>Fits what all settings are made of.</summary>
    /// <param name="samples">The training samples.</param>
    /// <param name="task">What the fit belongs to.</param>
    /// <param name="part">Which part of the task, from 0.</param>
    protected abstract FitRecord Fit(TreeSamples samples, GeneFitTask task, int part);

    /// <summary>The trees of a weighted mean of settings, and what is added to each margin.</summary>
    protected abstract (TreeEnsemble Trees, float[] Intercepts) TreesOf(FitRecord record, ReadOnlySpan<double> shares, int margins);

    /// <summary>Appends what turns the trees' sums into margins.</summary>
    protected abstract Value AppendMargin(GraphBuilder builder, Value trees, int margins);

    /// <inheritdoc/>
    public override FitRecord Fit(GeneFitTask task, FitProgressFile progress)
    {
        ArgumentNullException.ThrowIfNull(task);
        int parts = task.Inner.Folds + 1;
        var records = new FitRecord[parts];
        var margins = Settings.Select(_ => new float[task.Rows.Length * task.Data.Margins]).ToArray();
        int[] places = new int[task.Data.Rows];
        for (int i = 0; i < task.Rows.Length; i++)
        {
            places[task.Rows[i]] = i;
        }

        // One part is one task: its trees are grown by one thread, which is faster for few samples than all threads at one tree.
        task.Pool.Run(parts, (Owner: this, task, records, margins, places), static (state, part) =>
        {
            var task = state.task;
            bool isInner = part < task.Inner.Folds;
            state.records[part] = state.Owner.Fit(SamplesOf(task.Data, isInner ? task.Inner.TrainingRows(part) : task.Rows), task, part);
            if (isInner)
            {
                state.Owner.Answer(task, state.records[part], task.Inner.TestRows(part), state.margins, state.places);
            }
        });
        var shares = SettingShares.Of(margins, task);
        var record = records[^1];
        (record[Shares], record[Losses]) = (shares.Weights, [.. shares.Losses]);
        record.SetFloats(OutOfFold, shares.OutOfFold);
        return record;
    }

    /// <inheritdoc/>
    public override GeneFit Build(GeneData data, FitRecord record)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(record);
        return new GeneFit(GraphOf(data, record, record[Shares]), SettingShares.Words(Settings, record[Shares]), record.Floats(OutOfFold)) { Losses = [.. Settings.Zip(record[Losses], KeyValuePair.Create)] };
    }

    private static TreeSamples SamplesOf(GeneData data, int[] rows) => new(
        BinnedFeatures.Of(data.Values.Span, new bool[data.Features.Length], rows),
        [.. rows.Select(row => data.Classes[row])],
        [.. rows.Select(row => data.Groups[row])],
        data.ClassNames.Length);

    private void Answer(GeneFitTask task, FitRecord record, int[] rows, float[][] margins, int[] places)
    {
        int width = task.Data.Margins;
        for (int setting = 0; setting < margins.Length; setting++)
        {
            var alone = new double[margins.Length];
            alone[setting] = 1;
            float[] own = GraphScorer.Margins(GraphOf(task.Data, record, alone), task.Data, rows);
            for (int i = 0; i < rows.Length; i++)
            {
                own.AsSpan(i * width, width).CopyTo(margins[setting].AsSpan(places[rows[i]] * width));
            }
        }
    }

    private Graph GraphOf(GeneData data, FitRecord record, double[] shares)
    {
        var (trees, intercepts) = TreesOf(record, shares, data.Margins);
        var builder = new GraphBuilder("medtune");
        var input = builder.Input(data.InputName, ElementType.Float, Dimension.Batch, data.Features.Length);
        var sums = builder.Append(TreeEnsemble.OperatorName, [input], trees.ToAttributes(), TreeEnsemble.Domain);
        builder.Output(builder.Append("Add", [AppendMargin(builder, sums, data.Margins), builder.Initializer("intercept", Tensor.Vector(intercepts))], outputName: GeneFit.MarginsName));
        return builder.Build();
    }
}
