using MedTune.Evaluation;
using MedTune.Tensors;

namespace MedTune.Tests.Evaluation;

/// <summary>Predictions that every metric is tried on.</summary>
internal static class MetricSamples
{
    public static IReadOnlyList<(string Name, BinaryPredictions Predictions)> Binary { get; } =
    [
        ("golden", Golden.Binary()),
        ("golden with patients", Golden.Binary(withGroups: true)),
        ("random 37", Random(37, 1)),
        ("random 120 with ties", WithTies(Random(120, 2))),
        ("rare positives", Rare(300, 5, 3)),
        ("perfect", new BinaryPredictions([0.01, 0.02, 0.2, 0.8, 0.9, 0.95], [0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2])),
        ("certain and right", new BinaryPredictions([0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2])),
        ("certain and wrong", new BinaryPredictions([1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2])),
        ("perfect with patients", new BinaryPredictions([0.1, 0.1, 0.2, 0.8, 0.9, 0.9], [0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 0, 0], [0, 0, 1, 2, 3, 3])),
        ("constant", new BinaryPredictions([0.3, 0.3, 0.3, 0.3, 0.3], [0, 1, 0, 0, 1], [0, 0, 1, 1, 1])),
        ("all zero", new BinaryPredictions([0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1])),
        ("no positives", new BinaryPredictions([0.1, 0.7, 0.3], [0, 0, 0], [0, 0, 1])),
        ("no negatives", new BinaryPredictions([0.1, 0.7, 0.3], [1, 1, 1], [0, 0, 1])),
        ("one positive row", new BinaryPredictions([0.7], [1], [0])),
        ("one negative row", new BinaryPredictions([0.7], [0], [0])),
        ("one of each", new BinaryPredictions([0.2, 0.7], [0, 1], [0, 1])),
        ("one patient", new BinaryPredictions([0.2, 0.7, 0.6, 0.5], [0, 1, 0, 1], [0, 0, 1, 1], [4, 4, 4, 4])),
    ];

    public static IReadOnlyList<(string Name, MulticlassPredictions Predictions)> Multiclass { get; } =
    [
        ("golden", Golden.Multiclass()),
        ("golden with patients", Golden.Multiclass(withGroups: true)),
        ("perfect", new MulticlassPredictions([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0], [0, 1, 2, 0], ["a", "b", "c"])),
        ("always wrong", new MulticlassPredictions([0, 1, 0, 0, 0, 1, 1, 0, 0], [0, 1, 2], ["a", "b", "c"])),
        ("constant", new MulticlassPredictions([0.2, 0.5, 0.3, 0.2, 0.5, 0.3, 0.2, 0.5, 0.3], [0, 1, 2], ["a", "b", "c"])),
        ("a class without rows", new MulticlassPredictions([0.2, 0.5, 0.3, 0.6, 0.1, 0.3, 0.1, 0.2, 0.7], [0, 0, 1], ["a", "b", "c"])),
        ("one row", new MulticlassPredictions([0.2, 0.5, 0.3], [1], ["a", "b", "c"])),
        ("one class", new MulticlassPredictions([0.2, 0.5, 0.3, 0.4, 0.3, 0.3], [1, 1], ["a", "b", "c"])),
        ("two classes", new MulticlassPredictions([0.2, 0.8, 0.6, 0.4, 0.3, 0.7, 0.9, 0.1], [1, 0, 0, 1], ["a", "b"])),
        ("one patient", new MulticlassPredictions([0.2, 0.5, 0.3, 0.4, 0.3, 0.3], [1, 0], ["a", "b", "c"], null, [3, 3])),
    ];

    /// <summary>The rows in another order.</summary>
    public static BinaryPredictions Shuffled(BinaryPredictions one, ulong seed)
    {
        int[] order = Order(one.Count, seed);
        return new BinaryPredictions(
            [.. order.Select(i => one.Probabilities[i])],
            [.. order.Select(i => one.Targets[i])],
            one.Folds is null ? null : [.. order.Select(i => one.Folds[i])],
            one.Groups is null ? null : [.. order.Select(i => one.Groups[i])]);
    }

    public static MulticlassPredictions Shuffled(MulticlassPredictions one, ulong seed)
    {
        int[] order = Order(one.Count, seed);
        int classes = one.ClassNames.Length;
        return new MulticlassPredictions(
            [.. order.SelectMany(i => one.Probabilities.Skip(i * classes).Take(classes))],
            [.. order.Select(i => one.Targets[i])],
            one.ClassNames,
            null,
            one.Groups is null ? null : [.. order.Select(i => one.Groups[i])]);
    }

    public static BinaryPredictions Doubled(BinaryPredictions one) => new(
        [.. one.Probabilities, .. one.Probabilities],
        [.. one.Targets, .. one.Targets],
        one.Folds is null ? null : [.. one.Folds, .. one.Folds],
        one.Groups is null ? null : [.. one.Groups, .. one.Groups]);

    public static MulticlassPredictions Doubled(MulticlassPredictions one) => new(
        [.. one.Probabilities, .. one.Probabilities],
        [.. one.Targets, .. one.Targets],
        one.ClassNames,
        null,
        one.Groups is null ? null : [.. one.Groups, .. one.Groups]);

    private static int[] Order(int count, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new Philox(seed, RandomPurpose.Shuffling, 0).Shuffle(order);
        return order;
    }

    private static BinaryPredictions Random(int rows, ulong seed)
    {
        Philox random = new(seed, RandomPurpose.Bootstrap, 77);
        double[] probabilities = [.. Enumerable.Range(0, rows).Select(i => random.UniformDouble((ulong)i))];
        int[] targets = [.. probabilities.Select((p, i) => random.UniformDouble((ulong)(rows + i)) < p ? 1 : 0)];
        return new BinaryPredictions(probabilities, targets, [.. Enumerable.Range(0, rows).Select(i => i % 5)]);
    }

    private static BinaryPredictions WithTies(BinaryPredictions one) => one with { Probabilities = [.. one.Probabilities.Select(p => Math.Round(p, 1))] };

    private static BinaryPredictions Rare(int rows, int positives, ulong seed)
    {
        BinaryPredictions one = Random(rows, seed);
        return one with { Targets = [.. Enumerable.Range(0, rows).Select(i => i % (rows / positives) == 0 ? 1 : 0)] };
    }
}
