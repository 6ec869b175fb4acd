using System.Collections.Immutable;
using MedTune.Tensors;
using MedTune.Training;

namespace MedTune.Tests.Training.Trees;

/// <summary>Made-up samples for trees: three numbers (one with missing values) and a category of six levels.</summary>
internal static class TreeCohort
{
    public const int Width = 4;

    public static readonly bool[] IsCategory = [false, false, false, true];

    /// <summary>A row-major matrix, and the classes.</summary>
    public static (float[] Matrix, int[] Classes) Make(int rows, ulong seed, int classes = 2)
    {
        var matrix = new float[rows * Width];
        var targets = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            var random = new Philox(seed, RandomPurpose.Bootstrap, (ulong)i);
            float age = (float)random.Normal(0);
            float marker = (float)random.Normal(1);
            float noise = MathF.Round((float)random.Normal(2), 1);
            int level = random.Below(6, 3);
            bool missing = random.Uniform(4) < 0.2f;
            double logOdds = (1.2 * age) + (missing ? 1 : marker * marker - 1) + (level is 1 or 4 ? 1.5 : -0.5);
            (matrix[i * Width], matrix[(i * Width) + 1]) = (age, missing ? float.NaN : marker);
            (matrix[(i * Width) + 2], matrix[(i * Width) + 3]) = (noise, level + 1);
            double drawn = random.UniformDouble(5);
            double chance = DoubleMath.Sigmoid(logOdds);
            targets[i] = classes == 2 ? (drawn < chance ? 1 : 0) : drawn < chance * 0.5 ? 2 : drawn < chance ? 1 : 0;
        }

        return (matrix, targets);
    }

    public static TreeSamples Samples(float[] matrix, int[] targets, int classes = 2) => new(
        BinnedFeatures.Of(matrix, IsCategory, [.. Enumerable.Range(0, targets.Length)]),
        [.. targets],
        [.. Enumerable.Range(0, targets.Length)],
        classes);

    public static TreeSamples Samples(int rows, ulong seed, int classes = 2)
    {
        var (matrix, targets) = Make(rows, seed, classes);
        return Samples(matrix, targets, classes);
    }

    /// <summary>Where a fit keeps its progress in a test: nowhere, or in a folder.</summary>
    public static FitProgressFile Progress(string? folder = null) => new(folder, "fit");

    /// <summary>The margins of the trees and intercepts of a record.</summary>
    public static float[] Margins(FitRecord record, float[] matrix, int margins)
    {
        var trees = FittedTrees.Of(record, "", margins);
        var builder = new MedTune.Graphs.GraphBuilder("trees");
        var x = builder.Input("x", ElementType.Float, matrix.Length / Width, Width);
        builder.Output(builder.Append(MedTune.Graphs.TreeEnsemble.OperatorName, [x], trees.ToAttributes(), MedTune.Graphs.TreeEnsemble.Domain), "y");
        using var plan = MedTune.Graphs.ExecutionPlan.Compile(builder.Build(), new MedTune.Graphs.PlanOptions());
        matrix.CopyTo(plan.Input<float>("x"));
        plan.Run();
        float[] intercepts = FittedTrees.InterceptsOf(record, "");
        return [.. plan.Output<float>("y").ToArray().Select((value, i) => value + intercepts[i % margins])];
    }

    public static double Loss(FitRecord record, float[] matrix, int[] targets, int margins) =>
        PointwiseLoss.Mean(Margins(record, matrix, margins), targets);

    public static string Digest(FitRecord record) =>
        WeightDigest.Of(string.Join(' ', record.Names.SelectMany(name => record[name].Select(BitConverter.DoubleToInt64Bits))));

    public static ImmutableArray<int> AllRows(int rows) => [.. Enumerable.Range(0, rows)];
}
