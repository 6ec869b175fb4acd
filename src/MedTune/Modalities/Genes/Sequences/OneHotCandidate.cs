using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>Logistic regression on which letter, or which short word, stands at each place: for sequences that are aligned and of one length.</summary>
/// <remarks>Whether single letters count or words of up to three letters, and the penalty, are chosen by the inner folds. Sequences of several lengths are left out: the margin is then the same for all.</remarks>
internal sealed class OneHotCandidate : GeneCandidate
{
    private const string Weights = "weights", Intercepts = "intercepts", OutOfFold = "out of fold", Chosen = "setting", Losses = "losses";

    private const int LongestSequence = 5000;

    // The strongest penalty first, so that each fit starts where the one before ended.
    private static readonly ImmutableArray<double> Penalties = [100, 30, 10, 3, 1];

    private static readonly ImmutableArray<KmerSpace> Spaces = [new([1], false), new([1, 2, 3], false)];

    private static readonly LbfgsOptions Options = new() { GradientTolerance = 1e-4, MaximumIterations = 100 };

    public override string Name => "letters by place";

    /// <summary>Whether all sequences have one length, so that a place means something, and are short enough for weights at each place.</summary>
    public static bool Fits(GeneData data) => data.Length <= LongestSequence && data.Sequences.All(letters => letters.Length == data.Length);

    public override FitRecord Fit(GeneFitTask task, FitProgressFile progress)
    {
        if (!Fits(task.Data))
        {
            return LeftOut(task);
        }

        var tokens = new SequenceRows(task.Data);
        SparseRows[] words = [.. Spaces.Select(space => WordsOf(tokens, space))];
        var margins = Settings().Select(_ => new float[task.Rows.Length * task.Data.Margins]).ToArray();
        for (int fold = 0; fold < task.Inner.Folds; fold++)
        {
            for (int space = 0; space < Spaces.Length; space++)
            {
                task.Cancellation.ThrowIfCancellationRequested();
                var solver = Solver(task, words[space], task.Inner.TrainingRows(fold));
                for (int penalty = 0; penalty < Penalties.Length; penalty++)
                {
                    solver.Minimize(Penalties[penalty], Options);
                    Score(task, solver, words[space], fold, margins[(space * Penalties.Length) + penalty]);
                }
            }

            task.Progress?.Report(new TrainingProgress(Name, fold + 1, task.Inner.Folds + 1, $"fold {fold + 1} of {task.Inner.Folds}"));
        }

        var choice = InnerChoice.Of(task, margins);
        var final = Solver(task, words[choice.Best / Penalties.Length], task.Rows);
        foreach (double penalty in Penalties.Take((choice.Best % Penalties.Length) + 1))
        {
            final.Minimize(penalty, Options);
        }

        var record = new FitRecord { [Chosen] = [choice.Best], [Losses] = [.. choice.Losses] };
        record.SetPackedFloats(Weights, final.Weights());
        record.SetFloats(Intercepts, final.Intercepts());
        record.SetFloats(OutOfFold, choice.OutOfFold);
        return record;
    }

    public override GeneFit Build(GeneData data, FitRecord record)
    {
        int chosen = (int)record[Chosen][0];
        float[] outOfFold = record.Floats(OutOfFold);
        if (chosen < 0)
        {
            return new GeneFit(ConstantGraph(data, record.Floats(Intercepts)), "left out: places are compared only in sequences of one length, of at most 5000 letters", outOfFold);
        }

        var names = Settings();
        return new GeneFit(GraphOf(data, record, Spaces[chosen / Penalties.Length]), names[chosen], outOfFold)
        {
            Losses = [.. names.Zip(record[Losses], KeyValuePair.Create)],
        };
    }

    private static ImmutableArray<string> Settings() =>
    [
        .. Penalties.Select(penalty => string.Create(CultureInfo.InvariantCulture, $"single letters, penalty {penalty}")),
        .. Penalties.Select(penalty => string.Create(CultureInfo.InvariantCulture, $"words of 1 to 3 letters, penalty {penalty}")),
    ];

    private static FitRecord LeftOut(GeneFitTask task)
    {
        var record = new FitRecord { [Chosen] = [-1] };
        record.SetFloats(Intercepts, new float[task.Data.Margins]);
        record.SetFloats(OutOfFold, new float[task.Rows.Length * task.Data.Margins]);
        return record;
    }

    /// <summary>A column for every place and word; the words of a place stand together.</summary>
    internal static SparseRows WordsOf(SequenceRows tokens, KmerSpace space)
    {
        int lengths = space.Lengths.Length;
        var words = new int[lengths * tokens.Length];
        return SparseRows.Of(tokens.Count, tokens.Length * space.Count, (row, columns, values) =>
        {
            for (int length = 0; length < lengths; length++)
            {
                space.Write(tokens.Of(row), length, words.AsSpan(length * tokens.Length, tokens.Length));
            }

            for (int place = 0; place < tokens.Length; place++)
            {
                for (int length = 0; length < lengths; length++)
                {
                    int word = words[(length * tokens.Length) + place];
                    if (word >= 0)
                    {
                        columns.Add((place * space.Count) + word);
                        values.Add(1);
                    }
                }
            }
        });
    }

    private static SparseLogistic Solver(GeneFitTask task, SparseRows words, int[] training) =>
        new(words, training, task.Data.Classes, task.Data.ClassNames.Length, task.Pool);

    private static void Score(GeneFitTask task, SparseLogistic solver, SparseRows words, int fold, float[] margins)
    {
        int width = task.Data.Margins;
        for (int i = 0; i < task.Rows.Length; i++)
        {
            if (task.Inner.FoldOfRow[task.Rows[i]] == fold)
            {
                solver.Score(words, task.Rows[i], margins.AsSpan(i * width, width));
            }
        }
    }

    /// <summary>A table with a row for every place and word, and one of zeros for what is no word; the rows of a sequence are looked up and added.</summary>
    private static Graph GraphOf(GeneData data, FitRecord record, KmerSpace space)
    {
        (int margins, int count) = (data.Margins, space.Count);
        var builder = new GraphBuilder("letters by place");
        var tokens = builder.Input(data.InputName, ElementType.Int64, Dimension.Batch, data.Length);
        var words = space.Append(builder, tokens);
        float[] firsts = [.. Enumerable.Range(0, data.Length).Select(place => (float)(place * count))];
        var numbers = builder.Add(words, builder.Constant(Tensor.Vector(firsts), "places"));
        var isNone = builder.Greater(words, builder.Constant(Tensor.Scalar((float)count), "words"));
        int rows = data.Length * count;
        var all = builder.Cast(builder.Where(isNone, builder.Constant(Tensor.Scalar((float)rows), "none"), numbers), ElementType.Int64);
        float[] weights = [.. record.PackedFloats(Weights, rows * margins), .. new float[margins]];
        var looked = builder.Gather(builder.Constant(new Tensor<float>(new Shape(rows + 1, margins), weights), "weights"), builder.Flatten(all));
        var sum = builder.ReduceSum(looked, [1], keepDimensions: false);
        builder.Output(builder.Append("Add", [sum, builder.Constant(Tensor.Vector(record.Floats(Intercepts)), "intercepts")], outputName: GeneFit.MarginsName));
        return builder.Build();
    }

    private static Graph ConstantGraph(GeneData data, float[] intercepts)
    {
        var builder = new GraphBuilder("letters by place");
        var tokens = builder.Input(data.InputName, ElementType.Int64, Dimension.Batch, data.Length);
        var extents = builder.Concat([builder.Shape(tokens, 0, 1), builder.Constant(Tensor.Vector((long)data.Margins), "margins")], 0);
        builder.Output(builder.Append("Expand", [builder.Constant(Tensor.Vector(intercepts), "intercepts"), extents], outputName: GeneFit.MarginsName));
        return builder.Build();
    }
}
