using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// What InstanceNormalization and GroupNormalization share: (x - mean) / sqrt(variance + epsilon) · scale + bias, mean and variance over each sample's
/// group of channels; one scale and one bias per group.
/// </summary>
internal abstract class ChannelNormalizationOperator : Operator
{
    public override int MinimumInputs => 3;

    /// <summary>How many groups the channels make; 0 when each channel is one.</summary>
    protected abstract long Groups(Attributes attributes);

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        context.RequireSame(1, 0);
        context.RequireSame(2, 0);
        if (!x.HasRank)
        {
            return [x];
        }

        if (x.Rank < 2)
        {
            throw context.Error($"its input is {x}; two axes or more were expected, samples and channels first.");
        }

        long groups = Groups(context.Attributes);
        int? channels = x.Dimensions[1].Value;
        if (groups < 0 || (groups > 0 && channels % groups is not (null or 0)))
        {
            throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its {channels} channels cannot be cut into {groups} equal groups."));
        }

        long? expected = groups > 0 ? groups : channels;
        for (int input = 1; input <= 2; input++)
        {
            var type = context.Input(input);
            if (type.HasRank && (type.Rank != 1 || (expected is not null && type.Dimensions[0].Value is int given && given != expected)))
            {
                throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its input {input} is {type}; a list of {expected} was expected."));
            }
        }

        return [x];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context, Reductions.Sum, Reductions.Dot, MathF.Sqrt),
        ElementType.Double => Compile<double>(context, Reductions.Sum, Reductions.Dot, Math.Sqrt),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        // Everything happens in the form [samples, groups, elements of a group].
        var build = context.Builder;
        long groups = Groups(context.Attributes);
        long[] axes = [2];
        var dy = build.Reshape(context.OutputGradient(), 0, groups, -1);
        var scale = build.Reshape(context.Input(1), -1, 1);
        var (normalized, inverse) = Standardization.Append(build, build.Reshape(context.Input(0), 0, groups, -1), axes, Epsilon(context.Attributes));
        if (context.Needs(0))
        {
            var dx = Standardization.Gradient(build, build.Multiply(dy, scale), normalized, inverse, axes);
            context.Set(0, build.Reshape(dx, build.Shape(context.Input(0))));
        }

        if (context.Needs(1))
        {
            context.Set(1, build.Reshape(build.SumTo(build.Multiply(dy, normalized), scale), -1));
        }

        if (context.Needs(2))
        {
            context.Set(2, build.Reshape(build.SumTo(dy, scale), -1));
        }
    }

    private static float Epsilon(Attributes attributes) => attributes.Float("epsilon", 1e-5f);

    private Action Compile<T>(KernelContext context, Func<ReadOnlySpan<T>, T> sum, Func<ReadOnlySpan<T>, ReadOnlySpan<T>, T> dot, Func<T, T> root)
        where T : unmanaged, INumber<T>
    {
        var shape = context.InputShape(0);
        int groups = Groups(context.Attributes) is > 0 and var some ? (int)some : shape[1];
        int rows = shape.Length == 0 ? 0 : shape[0] * groups;
        int width = rows == 0 ? 0 : shape.Length / rows;
        var (x, scale, bias, y) = (context.Input<T>(0), context.Input<T>(1), context.Input<T>(2), context.Output<T>());
        T epsilon = T.CreateChecked(Epsilon(context.Attributes));
        T count = T.CreateChecked(width);
        return () =>
        {
            for (int row = 0; row < rows; row++)
            {
                var source = x.Span.Slice(row * width, width);
                var destination = y.Span.Slice(row * width, width);
                T mean = sum(source) / count;
                for (int i = 0; i < width; i++)
                {
                    destination[i] = source[i] - mean;
                }

                T factor = scale[row % groups] / root((dot(destination, destination) / count) + epsilon);
                foreach (ref T value in destination)
                {
                    value = (value * factor) + bias[row % groups];
                }
            }
        };
    }
}
