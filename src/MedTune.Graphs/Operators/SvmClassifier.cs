using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Support vector classification. Every pair of classes has a machine of its own, whose sum votes for one of the two; the label (output 0) is the class with the most votes. Output 1
/// has the pairs' sums (for two classes the one with either sign), or, with <c>prob_a</c> and <c>prob_b</c>, a probability per class. Without <c>vectors_per_class</c> the
/// coefficients are linear scores of the classes, of which the largest wins.
/// </summary>
internal sealed class SvmClassifier : LearningOperator
{
    private const int MostClasses = 1024;

    public override string Name => "SVMClassifier";

    public override int MaximumOutputs => 2;

    public override int RequiredOutputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var three = Attributes.None.With("kernel_type", "RBF").With("kernel_params", (float[])[0.5f, 0f, 3f]).With("vectors_per_class", (long[])[2, 1, 2])
                .With("support_vectors", (float[])[0.5f, 1f, -1f, 0.25f, 2f, -0.5f, 1.5f, 1.25f, -0.75f, -1f]).With("rho", (float[])[0.25f, -0.5f, 0.125f])
                .With("coefficients", (float[])[0.75f, 0.5f, -1.25f, 1f, -0.5f, 0.25f, 1f, -1f, -0.75f, -0.5f]).With("classlabels_ints", (long[])[2, 4, 7]);
            yield return new("three classes", Sample.Within(2, 1, 6, 2)) { Outputs = 2, Attributes = three, FloatTolerance = 1e-5 };
            var probable = three.With("prob_a", (float[])[-1.5f, -2f, -1f]).With("prob_b", (float[])[0.125f, -0.25f, 0f]);
            yield return new("probabilities", Sample.Within(2, 2, 6, 2)) { Outputs = 2, Attributes = probable, FloatTolerance = 1e-5 };
            var two = Attributes.None.With("kernel_type", "POLY").With("kernel_params", (float[])[0.5f, 1f, 2f]).With("vectors_per_class", (long[])[1, 2])
                .With("support_vectors", (float[])[0.5f, 1f, -1f, 0.25f, 2f, -0.5f]).With("coefficients", (float[])[1f, -0.75f, -0.5f]).With("rho", (float[])[0.5f]).With("classlabels_strings", (string[])["no", "yes"]);
            yield return new("two classes", Sample.Within(2, 3, 6, 2)) { Outputs = 2, Attributes = two, FloatTolerance = 1e-5 };
            yield return new("two classes, probabilities", Sample.Within(2, 4, 6, 2)) { Outputs = 2, Attributes = two.With("prob_a", (float[])[-1.5f]).With("prob_b", (float[])[0.25f]), FloatTolerance = 1e-5 };
            var linear = Attributes.None.With("kernel_params", (float[])[0f, 0f, 3f]).With("coefficients", (float[])[0.5f, -1.25f, 2f, 0.75f, 1f, -0.5f]).With("rho", (float[])[0.25f]).With("classlabels_ints", (long[])[0, 1, 2]);
            yield return new("linear, softmax", Sample.Values(5, 6, 2)) { Outputs = 2, Attributes = linear.With("post_transform", "SOFTMAX") };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var (table, labels) = (Table(context), ClassLabels.Of(context.Node));
        if (labels.Count > MostClasses)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"it has {labels.Count} classes; up to {MostClasses} are supported, since every pair has a machine."));
        }

        bool isPlain = IsOfPairs(context.Attributes) && !IsProbable(context.Attributes);
        return isPlain && ScoreTransform.Of(context) != "NONE"
            ? throw context.Error("its post_transform needs probabilities or linear scores; the sums of pairs are given as they are.")
            : [new TensorType(labels.Element, [Rows(table)]), PerRow(table, isPlain ? Math.Max(2, Pairs(labels.Count)) : labels.Count)];
    }

    public override Action Compile(KernelContext context)
    {
        var (rows, columns) = Size(context.InputShape(0));
        var labels = ClassLabels.Of(context.Node);
        var (read, label) = (RealNumbers.Of(context, 0), labels.Writer(context));
        var write = context.HasOutput(1) ? RealNumbers.To(context, 1) : null;
        string transform = context.Attributes.String("post_transform", "NONE");
        int width = IsOfPairs(context.Attributes) && !IsProbable(context.Attributes) ? Math.Max(2, Pairs(labels.Count)) : labels.Count;
        var (x, scores) = (context.Scratch<double>(rows * columns), context.Scratch<double>(rows * width));
        var decide = IsOfPairs(context.Attributes) ? ByPairs(context, labels.Count, columns) : Linear(context, labels.Count, columns);
        return () =>
        {
            read(x.Span);
            for (int row = 0; row < rows; row++)
            {
                var own = scores.Span.Slice(row * width, width);
                label(row, decide(x.Span.Slice(row * columns, columns), own));
                ScoreTransform.Apply(transform, own);
            }

            write?.Invoke(scores.Span);
        };
    }

    /// <summary>Scores a row and gives the place of its label.</summary>
    private delegate int Decision(ReadOnlySpan<double> x, Span<double> scores);

    private static bool IsOfPairs(Attributes attributes) => !attributes.Ints("vectors_per_class").IsDefaultOrEmpty;

    private static bool IsProbable(Attributes attributes) => !attributes.Floats("prob_a").IsDefaultOrEmpty;

    private static int Pairs(int classes) => classes * (classes - 1) / 2;

    private static Decision Linear(KernelContext context, int classes, int columns)
    {
        double[] weights = Numbers(context.Attributes, "coefficients"), bias = [.. Enumerable.Repeat(Numbers(context.Attributes, "rho", 1)[0], classes)];
        if (weights.Length != classes * columns)
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its {weights.Length} coefficients do not fit {classes} classes and {columns} columns."));
        }

        return (x, scores) =>
        {
            LinearRegressor.Multiply(x, weights, bias, columns, scores);
            return ClassLabels.Largest(scores);
        };
    }

    private static Decision ByPairs(KernelContext context, int classes, int columns)
    {
        var machines = new SupportPairs(context, classes, columns);
        double[] slopes = Numbers(context.Attributes, "prob_a"), offsets = Numbers(context.Attributes, "prob_b");
        if (slopes.Length != offsets.Length || (slopes.Length > 0 && slopes.Length != Pairs(classes)))
        {
            throw context.Error("its lists prob_a and prob_b must have one number per pair of classes.");
        }

        var (sums, votes, coupling) = (new double[Pairs(classes)], new double[classes], new PairwiseProbabilities(classes));
        return (x, scores) =>
        {
            machines.Sum(x, sums, votes);
            if (slopes.Length == 0)
            {
                sums.CopyTo(scores);
                if (classes == 2)
                {
                    (scores[0], scores[1]) = (-sums[0], sums[0]);
                }

                return ClassLabels.Largest(votes);
            }

            for (int i = 0, pair = 0; i < classes; i++)
            {
                for (int j = i + 1; j < classes; j++, pair++)
                {
                    coupling.Set(i, j, DoubleMath.Sigmoid(-((sums[pair] * slopes[pair]) + offsets[pair])));
                }
            }

            coupling.Solve(scores);
            return ClassLabels.Largest(votes);
        };
    }
}
