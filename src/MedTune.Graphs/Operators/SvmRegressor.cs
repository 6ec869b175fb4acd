using System.Collections.Immutable;
using System.Globalization;

namespace MedTune.Graphs.Operators;

/// <summary>
/// Support vector regression: the kernels of a row with the support vectors, weighted and summed, plus rho; without support vectors the coefficients are those of the
/// columns. With one_class the sign is the answer. The attribute post_transform is done at the end.
/// </summary>
internal sealed class SvmRegressor : LearningOperator
{
    public override string Name => "SVMRegressor";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var vectors = Attributes.None.With("n_supports", 3).With("support_vectors", (float[])[0.5f, 1f, -1f, 0.25f, 2f, -0.5f])
                .With("coefficients", (float[])[0.75f, -1.5f, 0.5f]).With("rho", (float[])[0.25f]).With("kernel_params", (float[])[0.5f, 0.25f, 3f]);
            foreach (string kernel in (string[])["LINEAR", "POLY", "RBF", "SIGMOID"])
            {
                yield return new(kernel, Sample.Within(2, 1, 4, 2)) { Attributes = vectors.With("kernel_type", kernel), GradientInputs = [], FloatTolerance = 1e-5 };
            }

            yield return new("one class", Sample.Within(2, 2, 4, 2)) { Attributes = vectors.With("kernel_type", "RBF").With("one_class", 1), GradientInputs = [] };
            var plain = Attributes.None.With("kernel_params", (float[])[0.5f, 0f, 3f]).With("coefficients", (float[])[0.5f, -2f]).With("rho", (float[])[0.5f]).With("kernel_type", "LINEAR");
            yield return new("logistic", Sample.Within(2, 4, 4, 2)) { Attributes = vectors.With("kernel_type", "RBF").With("post_transform", "LOGISTIC"), GradientInputs = [] };
            yield return new("no vectors", Sample.Values(3, 4, 2)) { Attributes = plain, GradientInputs = [] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        ScoreTransform.Of(context);
        return [PerRow(Table(context), 1)];
    }

    public override Action Compile(KernelContext context)
    {
        var (rows, columns) = Size(context.InputShape(0));
        var kernel = new SupportKernel(context.Node);
        double[] vectors = Numbers(context.Attributes, "support_vectors");
        double[] weights = Numbers(context.Attributes, "coefficients");
        double rho = Numbers(context.Attributes, "rho", 1)[0];
        int count = (int)context.Attributes.Int("n_supports", 0);
        if (vectors.Length != count * columns || weights.Length != (count == 0 ? columns : count))
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its {count} support vectors and {weights.Length} coefficients do not fit {columns} columns."));
        }

        string transform = context.Attributes.String("post_transform", "NONE");
        bool isSign = context.Attributes.Int("one_class", 0) != 0;
        var (read, write) = (RealNumbers.Of(context, 0), RealNumbers.To(context));
        var (x, y) = (context.Scratch<double>(rows * columns), context.Scratch<double>(rows));
        return () =>
        {
            read(x.Span);
            for (int row = 0; row < rows; row++)
            {
                var values = x.Span.Slice(row * columns, columns);
                double sum = count == 0 ? kernel.Of(values, weights) : 0;
                for (int i = 0; i < count; i++)
                {
                    sum += weights[i] * kernel.Of(values, vectors.AsSpan(i * columns, columns));
                }

                sum += rho;
                y[row] = !isSign ? sum : sum > 0 ? 1 : -1;
            }

            ScoreTransform.ApplyToRows(transform, y.Span, 1);
            write(y.Span);
        };
    }
}
