using System.Collections.Immutable;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The way back through a BatchNormalization. Inputs: the gradient of y, x, scale, running mean, running variance; outputs: the gradients of x, scale and bias.
/// With training_mode = 1 mean and variance are those of the batch, which x moves too: dx = scale · inverse · (dy - mean(dy) - n · mean(dy · n)).
/// </summary>
internal sealed class BatchNormalizationGradient : Operator
{
    public override string Name => "BatchNormalizationGradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 5;

    public override int MaximumOutputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            static OperatorCase Of(string name, uint seed, Attributes attributes, params int[] extents)
            {
                int channels = extents.Length > 1 ? extents[1] : 1;
                return new(
                    name,
                    Sample.Values(seed, extents),
                    Sample.Values(seed + 1, extents),
                    Sample.Values(seed + 2, channels),
                    Sample.Values(seed + 3, channels),
                    Sample.Positive(4, seed + 4, channels))
                {
                    Attributes = attributes.With("epsilon", 0.0625f),
                    Outputs = 3,
                    FloatTolerance = 5e-5,
                    GoldenTolerance = 1e-12,
                };
            }

            yield return Of("stored", 1, Attributes.None, 2, 3, 2, 2);
            yield return Of("batch", 6, Attributes.None.With("training_mode", 1), 3, 2, 2, 3);
            yield return Of("rows of a batch", 11, Attributes.None.With("training_mode", 1), 5, 3);
        }
    }

    public override bool ReadsValues(int input) => true;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(1, ElementType.Float, ElementType.Double);
        return [x, context.Input(2), context.Input(2)];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context, MathF.Sqrt),
        ElementType.Double => Compile<double>(context, Math.Sqrt),
        var other => throw context.Unsupported(other),
    };

    private static Action Compile<T>(KernelContext context, Func<T, T> root)
        where T : unmanaged, INumber<T>
    {
        var shape = context.InputShape(1);
        int channels = shape.Rank > 1 ? shape[1] : 1;
        int width = shape.Rank > 2 ? new Shape(shape.Extents[2..]).Length : 1;
        var (dy, x, scale, means, variances) = (context.Input<T>(0), context.Input<T>(1), context.Input<T>(2), context.Input<T>(3), context.Input<T>(4));
        var dx = context.Output<T>();
        var dScale = context.HasOutput(1) ? context.Output<T>(1) : context.Scratch<T>(channels);
        var dBias = context.HasOutput(2) ? context.Output<T>(2) : context.Scratch<T>(channels);
        bool isBatch = context.Attributes.Int("training_mode", 0) == 1;
        T epsilon = T.CreateChecked(context.Attributes.Float("epsilon", 1e-5f));
        return () =>
        {
            for (int channel = 0; channel < channels; channel++)
            {
                var plane = new ChannelPlanes(channel, channels, width, shape[0]);
                double mean = double.CreateChecked(means[channel]), variance = double.CreateChecked(variances[channel]);
                if (isBatch)
                {
                    (mean, variance) = plane.Moments<T>(x.Span);
                }

                double inverse = 1 / double.CreateChecked(root(T.CreateChecked(variance) + epsilon));
                double sum = 0, products = 0;
                foreach (int i in plane)
                {
                    double g = double.CreateChecked(dy[i]);
                    sum += g;
                    products += g * ((double.CreateChecked(x[i]) - mean) * inverse);
                }

                (dScale[channel], dBias[channel]) = (T.CreateChecked(products), T.CreateChecked(sum));
                double count = (double)shape[0] * width;
                double factor = double.CreateChecked(scale[channel]) * inverse;
                foreach (int i in plane)
                {
                    double rest = isBatch ? (sum + ((double.CreateChecked(x[i]) - mean) * inverse * products)) / count : 0;
                    dx[i] = T.CreateChecked(factor * (double.CreateChecked(dy[i]) - rest));
                }
            }
        };
    }
}
