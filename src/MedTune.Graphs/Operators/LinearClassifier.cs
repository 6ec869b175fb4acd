using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// One linear score per class and the class with the largest as label (output 0); output 1 has the scores after post_transform. With one score for two
/// classes, the second is chosen where the score is above 0.
/// </summary>
internal sealed class LinearClassifier : LearningOperator
{
    public override string Name => "LinearClassifier";

    public override int MaximumOutputs => 2;

    public override int RequiredOutputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var three = Attributes.None.With("coefficients", (float[])[0.5f, -1.25f, 2f, 0.75f, 1f, -0.5f]).With("intercepts", (float[])[0.25f, -3f, 0.5f]);
            yield return new("softmax", Sample.Values(1, 6, 2)) { Outputs = 2, GradientInputs = [], Attributes = three.With("classlabels_ints", (long[])[3, 5, 9]).With("post_transform", "SOFTMAX") };
            yield return new("texts", Sample.Values(2, 6, 2)) { Outputs = 2, GradientInputs = [], Attributes = three.With("classlabels_strings", (string[])["a", "b", "c"]).With("post_transform", "LOGISTIC") };
            var one = Attributes.None.With("coefficients", (float[])[0.5f, -1.25f]).With("intercepts", (float[])[0.25f]).With("classlabels_ints", (long[])[0, 1]);
            yield return new("one score for two classes", Sample.Values(3, 6, 2)) { Outputs = 2, GradientInputs = [], Attributes = one.With("post_transform", "LOGISTIC") };
            yield return new("whole numbers", Sample.Longs(-3, 3, 4, 5, 2)) { Outputs = 2, Attributes = three.With("classlabels_ints", (long[])[0, 1, 2]) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var (table, labels) = (Table(context), ClassLabels.Of(context.Node));
        ScoreTransform.Of(context);
        return [new TensorType(labels.Element, [Rows(table)]), PerRow(table, labels.Count)];
    }

    public override Action Compile(KernelContext context)
    {
        var (rows, columns) = Size(context.InputShape(0));
        var labels = ClassLabels.Of(context.Node);
        string transform = context.Attributes.String("post_transform", "NONE");
        double[] weights = Numbers(context.Attributes, "coefficients");
        int outputs = columns == 0 ? 0 : weights.Length / columns;
        double[] bias = Numbers(context.Attributes, "intercepts", outputs);
        bool isSingle = outputs == 1 && labels.Count == 2;
        if (weights.Length != outputs * columns || bias.Length != outputs || !(outputs == labels.Count || isSingle))
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its {weights.Length} coefficients do not fit {labels.Count} classes and {columns} columns."));
        }

        var (read, write, label) = (RealNumbers.Of(context, 0), context.HasOutput(1) ? RealNumbers.To(context, 1) : null, labels.Writer(context));
        var (x, y, z) = (context.Scratch<double>(rows * columns), context.Scratch<double>(rows * outputs), context.Scratch<double>(rows * labels.Count));
        return () =>
        {
            read(x.Span);
            LinearRegressor.Multiply(x.Span, weights, bias, columns, y.Span);
            for (int row = 0; row < rows; row++)
            {
                var scores = z.Span.Slice(row * labels.Count, labels.Count);
                if (isSingle)
                {
                    label(row, y[row] > 0 ? 1 : 0);
                    scores[1] = transform == "LOGISTIC" ? DoubleMath.Sigmoid(y[row]) : y[row];
                    scores[0] = 1 - scores[1];
                    continue;
                }

                y.Span.Slice(row * outputs, outputs).CopyTo(scores);
                label(row, ClassLabels.Largest(scores));
                ScoreTransform.Apply(transform, scores);
            }

            write?.Invoke(z.Span);
        };
    }
}
