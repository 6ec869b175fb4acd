using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Modalities.Genes;

/// <summary>Logistic regression on which words of 3 to 6 letters a sequence holds, wherever they stand.</summary>
/// <remarks>
/// The root of each word's count, weighted by how few sequences have the word (tf-idf), all of a sequence scaled to length 1. Letters that stand for several bases break words. Whether
/// a word and its reverse complement count as one, and the penalty, are chosen by the inner folds.
/// </remarks>
internal sealed class KmerCandidate : GeneCandidate
{
    private const string Weights = "weights", Intercepts = "intercepts", Rarity = "rarity", OutOfFold = "out of fold", Chosen = "setting", Losses = "losses";

    // For each margin.
    private const int WordsShown = 200;

    // The strongest penalty first, so that each fit starts where the one before ended.
    private static readonly ImmutableArray<double> Penalties = [1, 0.1, 0.01];

    private static readonly LbfgsOptions Options = new() { GradientTolerance = 1e-4, MaximumIterations = 100 };

    public override string Name => "k-mers";

    /// <summary>The words of a setting.</summary>
    public static KmerSpace SpaceOf(bool bothStrands) => new([3, 4, 5, 6], bothStrands);

    public override FitRecord Fit(GeneFitTask task, FitProgressFile progress)
    {
        var tokens = new SequenceRows(task.Data);
        SparseRows[] counts = [CountsOf(tokens, SpaceOf(false), task.Rows), CountsOf(tokens, SpaceOf(true), task.Rows)];
        var margins = Settings().Select(_ => new float[task.Rows.Length * task.Data.Margins]).ToArray();
        for (int fold = 0; fold < task.Inner.Folds; fold++)
        {
            int[] training = task.Inner.TrainingRows(fold);
            for (int strands = 0; strands < 2; strands++)
            {
                task.Cancellation.ThrowIfCancellationRequested();
                var (solver, scaled, _) = Prepare(task, counts[strands], training);
                for (int penalty = 0; penalty < Penalties.Length; penalty++)
                {
                    solver.Minimize(Penalties[penalty], Options);
                    Score(task, solver, scaled, fold, margins[(strands * Penalties.Length) + penalty]);
                }
            }

            task.Progress?.Report(new TrainingProgress(Name, fold + 1, task.Inner.Folds + 1, $"fold {fold + 1} of {task.Inner.Folds}"));
        }

        var choice = InnerChoice.Of(task, margins);
        var (final, _, rarity) = Prepare(task, counts[choice.Best / Penalties.Length], task.Rows);
        foreach (double penalty in Penalties.Take((choice.Best % Penalties.Length) + 1))
        {
            final.Minimize(penalty, Options);
        }

        var record = new FitRecord { [Chosen] = [choice.Best], [Losses] = [.. choice.Losses] };
        record.SetPackedFloats(Weights, final.Weights());
        record.SetFloats(Intercepts, final.Intercepts());
        record.SetPackedFloats(Rarity, rarity);
        record.SetFloats(OutOfFold, choice.OutOfFold);
        return record;
    }

    public override GeneFit Build(GeneData data, FitRecord record)
    {
        int chosen = (int)record[Chosen][0];
        var space = SpaceOf(chosen >= Penalties.Length);
        var names = Settings();
        return new GeneFit(GraphOf(data, record, space), $"words of 3 to 6 letters, {names[chosen]}", record.Floats(OutOfFold))
        {
            Losses = [.. names.Zip(record[Losses], KeyValuePair.Create)],
            Words = TopWords(data, record, WordsShown),
        };
    }

    /// <summary>The words that say most, the strongest first.</summary>
    /// <param name="data">What was learned from.</param>
    /// <param name="record">The fit.</param>
    /// <param name="count">Words for each margin.</param>
    public static ImmutableArray<KmerWeight> TopWords(GeneData data, FitRecord record, int count)
    {
        var space = SpaceOf((int)record[Chosen][0] >= Penalties.Length);
        float[] rarity = record.PackedFloats(Rarity, space.Count);
        float[] weights = record.PackedFloats(Weights, space.Count * data.Margins);
        return
        [
            .. Enumerable.Range(0, data.Margins).SelectMany(margin => Enumerable.Range(0, space.Count)
                .Select(word => new KmerWeight(space.NameOf(word), space.BothStrands, margin, weights[(word * data.Margins) + margin] * rarity[word]))
                .OrderByDescending(word => Math.Abs(word.Weight)).ThenBy(word => word.Word, StringComparer.Ordinal).Take(count)),
        ];
    }

    private static ImmutableArray<string> Settings() =>
    [
        .. Penalties.Select(penalty => string.Create(CultureInfo.InvariantCulture, $"one strand, penalty {penalty}")),
        .. Penalties.Select(penalty => string.Create(CultureInfo.InvariantCulture, $"both strands as one, penalty {penalty}")),
    ];

    /// <summary>The root of each word's count in each row; rows that are not named stay empty.</summary>
    internal static SparseRows CountsOf(SequenceRows tokens, KmerSpace space, int[]? rows)
    {
        var used = new bool[tokens.Count];
        foreach (int row in rows ?? [.. Enumerable.Range(0, tokens.Count)])
        {
            used[row] = true;
        }

        var words = new int[tokens.Length];
        var counts = new int[space.Count];
        return SparseRows.Of(tokens.Count, space.Count, (row, columns, values) =>
        {
            Array.Clear(counts);
            for (int length = 0; used[row] && length < space.Lengths.Length; length++)
            {
                space.Write(tokens.Of(row), length, words);
                foreach (int word in words)
                {
                    counts[Math.Max(word, 0)] += word < 0 ? 0 : 1;
                }
            }

            for (int word = 0; word < counts.Length; word++)
            {
                if (counts[word] > 0)
                {
                    columns.Add(word);
                    values.Add(MathF.Sqrt(counts[word]));
                }
            }
        });
    }

    /// <summary>One more than the logarithm of how seldom a word is: (1 + rows) / (1 + rows that have it).</summary>
    internal static float[] RarityOf(SparseRows counts, int[] training)
    {
        var having = new int[counts.Width];
        foreach (int row in training)
        {
            foreach (int word in counts.Columns(row))
            {
                having[word]++;
            }
        }

        return Array.ConvertAll(having, count => (float)(1 + DoubleMath.Log((1.0 + training.Length) / (1 + count))));
    }

    private static (SparseLogistic Solver, SparseRows Scaled, float[] Rarity) Prepare(GeneFitTask task, SparseRows counts, int[] training)
    {
        float[] rarity = RarityOf(counts, training);
        var scaled = counts.OfUnitLength(rarity);
        return (new SparseLogistic(scaled, training, task.Data.Classes, task.Data.ClassNames.Length, task.Pool), scaled, rarity);
    }

    private static void Score(GeneFitTask task, SparseLogistic solver, SparseRows scaled, int fold, float[] margins)
    {
        int width = task.Data.Margins;
        for (int i = 0; i < task.Rows.Length; i++)
        {
            if (task.Inner.FoldOfRow[task.Rows[i]] == fold)
            {
                solver.Score(scaled, task.Rows[i], margins.AsSpan(i * width, width));
            }
        }
    }

    private static Graph GraphOf(GeneData data, FitRecord record, KmerSpace space)
    {
        (int count, int margins) = (space.Count, data.Margins);
        var builder = new GraphBuilder("k-mers");
        var tokens = builder.Input(data.InputName, ElementType.Int64, Dimension.Batch, data.Length);

        // One place more for what is no word; it has rarity and weight 0.
        var numbers = builder.Flatten(builder.Cast(space.Append(builder, tokens), ElementType.Int64));
        var ones = builder.Cast(builder.Equal(numbers, numbers), ElementType.Float);
        var extents = builder.Concat([builder.Shape(tokens, 0, 1), builder.Constant(Tensor.Vector(count + 1L), "words")], 0);
        var zeros = builder.Expand(builder.Constant(Tensor.Scalar(0f), "zero"), extents);
        var counts = builder.Append("ScatterElements", [zeros, numbers, ones], Attributes.None.With("axis", 1).With("reduction", "add"));
        float[] rarity = [.. record.PackedFloats(Rarity, count), 0];
        var weighted = builder.Multiply(builder.Sqrt(counts), builder.Constant(Tensor.Vector(rarity), "rarity"));
        var squares = builder.ReduceSum(builder.Multiply(weighted, weighted), [1]);
        var length = builder.Append("Max", [builder.Sqrt(squares), builder.Constant(Tensor.Scalar(1e-12f), "least")]);
        float[] weights = [.. record.PackedFloats(Weights, count * margins), .. new float[margins]];
        var margin = builder.Append(
            "Gemm",
            [
                builder.Divide(weighted, length),
                builder.Constant(new Tensor<float>(new Shape(count + 1, margins), weights), "weights"),
                builder.Constant(Tensor.Vector(record.Floats(Intercepts)), "intercepts"),
            ],
            outputName: GeneFit.MarginsName);
        builder.Output(margin);
        return builder.Build();
    }
}
