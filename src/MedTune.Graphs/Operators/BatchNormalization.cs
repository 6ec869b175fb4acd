using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// (x - mean) / sqrt(variance + epsilon) · scale + bias per channel of [N, C, ...] (Ioffe and Szegedy 2015). Inputs: x, scale, bias, running mean,
/// running variance. With training_mode = 1 mean and variance are those of the batch, and outputs 1 and 2 are the running ones moved towards them:
/// running · momentum + batch · (1 - momentum). With unbiased = 1, which only a training form has, the batch's part of the running variance is the unbiased one,
/// as PyTorch keeps it.
/// </summary>
internal sealed class BatchNormalization : Operator
{
    public override string Name => "BatchNormalization";

    public override int MinimumInputs => 5;

    public override int MaximumOutputs => 3;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            OperatorCase Of(string name, uint seed, params int[] extents)
            {
                int channels = extents.Length > 1 ? extents[1] : 1;
                return new(name, Sample.Values(seed, extents), Sample.Values(seed + 1, channels), Sample.Values(seed + 2, channels), Sample.Values(seed + 3, channels), Sample.Positive(4, seed + 4, channels))
                {
                    FloatTolerance = 2e-5,
                };
            }

            yield return Of("rows", 1, 4, 3);
            yield return Of("images", 6, 2, 3, 2, 2) with { Attributes = Attributes.None.With("epsilon", 0.0625f) };
            yield return Of("one axis", 11, 5);
            var training = Attributes.None.With("training_mode", 1);
            yield return Of("training, rows", 16, 5, 3) with { Attributes = training, Outputs = 3, GradientInputs = [0, 1, 2], GradientOutputs = [0] };
            yield return Of("training, images", 21, 3, 2, 2, 3) with
            {
                Attributes = training.With("momentum", 0.75f).With("epsilon", 0.0625f),
                Outputs = 3,
                GradientInputs = [0, 1, 2],
                GradientOutputs = [0],
            };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        var channels = !x.HasRank ? Dimension.Unknown : x.Rank > 1 ? x.Dimensions[1] : 1;
        for (int input = 1; input < 5; input++)
        {
            context.RequireSame(input, 0);
            var type = context.Input(input);
            if (type.HasRank && (type.Rank != 1 || (type.Dimensions[0].Value is int given && channels.Value is int expected && given != expected)))
            {
                throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its input {input} is {type}; a list of {channels} was expected, one per channel."));
            }
        }

        if (x.HasRank && x.Rank == 0)
        {
            throw context.Error("its input is a scalar; an axis of samples was expected.");
        }

        if (IsUnbiased(context.Attributes) && x.HasRank && ValuesPerChannel(x) == 1)
        {
            throw context.Error($"the batch gives '{context.Node.Inputs[0]}' one value per channel, which has no variance. Train with larger batches or images, or freeze it.");
        }

        if (context.Node.Outputs.Length > 1 && !IsTraining(context.Attributes))
        {
            throw context.Error("it has more than one output; the others are there only with training_mode = 1.");
        }

        var statistics = x with { Dimensions = [channels] };
        return [x, statistics, statistics];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context, Reductions.Sum, Reductions.Dot, MathF.Sqrt),
        ElementType.Double => Compile<double>(context, Reductions.Sum, Reductions.Dot, Math.Sqrt),
        var other => throw context.Unsupported(other),
    };

    public override void Gradient(GradientContext context)
    {
        if (context.OutputGradientOrNull(1) is not null || context.OutputGradientOrNull(2) is not null)
        {
            throw context.Error("only its first output can be differentiated.");
        }

        var x = context.Input(0);
        if (!x.Type.HasRank)
        {
            throw context.Error("the rank of its input is not known; its gradient needs it.");
        }

        var build = context.Builder;
        if (!context.Needs(3) && !context.Needs(4))
        {
            var gradients = build.AppendMany(
                "BatchNormalizationGradient",
                [context.OutputGradient(), x, context.Input(1), context.Input(3), context.Input(4)],
                3,
                context.Attributes.Without("momentum").Without("unbiased"),
                InternalDomain);
            context.Set(0, gradients[0]);
            context.Set(1, gradients[1]);
            context.Set(2, gradients[2]);
            return;
        }

        if (IsTraining(context.Attributes))
        {
            throw context.Error("its running mean and variance do not enter its output in training; they have no gradient.");
        }

        GradientsOfStatistics(context, x);
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        // Until set 13 more than one output meant training (until set 6 is_test said so), and two more outputs kept the batch's own numbers.
        if (opset > 13)
        {
            return node;
        }

        if (node.Attributes.Int("spatial", 1) != 1 || node.Outputs.Skip(3).Any(output => output.Length > 0))
        {
            throw new InvalidGraphException(NodeErrors.Sentence(node, "it uses spatial = 0 or its outputs 3 and 4, which this version cannot run."));
        }

        string[] old = ["spatial", "is_test", "consumed_inputs"];
        if (node.Outputs.Length == 1 && !old.Any(node.Attributes.Has))
        {
            return node;
        }

        bool isTraining = node.Outputs.Skip(1).Any(output => output.Length > 0);
        var attributes = node.Attributes.Without("spatial").Without("is_test").Without("consumed_inputs");
        return node with
        {
            Outputs = isTraining ? [.. node.Outputs.Take(3)] : [node.Outputs[0]],
            Attributes = isTraining ? attributes.With("training_mode", 1) : attributes,
        };
    }

    /// <summary>The gradients outside training where those of the stored mean and variance are wanted too.</summary>
    private static void GradientsOfStatistics(GradientContext context, Value x)
    {
        // Lists of channels are lined up with axis 1.
        var build = context.Builder;
        long[] column = [-1, .. Enumerable.Repeat(1L, Math.Max(0, x.Type.Rank - 2))];
        var dy = context.OutputGradient();
        var scale = build.Reshape(context.Input(1), column);
        var weighted = build.Multiply(dy, scale);
        var variance = build.Reshape(build.Add(context.Input(4), build.Scalar(context.Attributes.Float("epsilon", 1e-5f), x)), column);
        var inverse = build.Reciprocal(build.Sqrt(variance));
        var normalized = build.Multiply(build.Subtract(x, build.Reshape(context.Input(3), column)), inverse);
        context.Set(0, build.Multiply(weighted, inverse));
        SetSum(context, 1, build.Multiply(dy, normalized), scale);
        SetSum(context, 2, dy, scale);
        SetSum(context, 3, build.Negate(build.Multiply(weighted, inverse)), scale);
        SetSum(context, 4, build.Divide(build.Multiply(weighted, normalized), build.Multiply(variance, build.Scalar(-2, x))), scale);
    }

    private static bool IsTraining(Attributes attributes) => attributes.Int("training_mode", 0) == 1;

    private static bool IsUnbiased(Attributes attributes) => attributes.Int("unbiased", 0) == 1;

    /// <summary>Samples times positions; null while an extent is open.</summary>
    private static long? ValuesPerChannel(TensorType x)
    {
        long? values = 1;
        for (int axis = 0; axis < x.Rank; axis++)
        {
            values *= axis == 1 ? 1 : x.Dimensions[axis].Value;
        }

        return values;
    }

    private static void SetSum(GradientContext context, int input, Value gradient, Value column)
    {
        if (context.Needs(input))
        {
            context.Set(input, context.Builder.Reshape(context.Builder.SumTo(gradient, column), -1));
        }
    }

    private static Action Compile<T>(KernelContext context, Func<ReadOnlySpan<T>, T> sum, Func<ReadOnlySpan<T>, ReadOnlySpan<T>, T> dot, Func<T, T> root)
        where T : unmanaged, INumber<T>
    {
        var shape = context.InputShape(0);
        int channels = shape.Rank > 1 ? shape[1] : 1;
        int width = shape.Rank > 2 ? new Shape(shape.Extents[2..]).Length : 1;
        int step = channels * width;
        var (x, scale, bias, y) = (context.Input<T>(0), context.Input<T>(1), context.Input<T>(2), context.Output<T>());
        var (means, variances) = (context.Input<T>(3), context.Input<T>(4));
        var movedMeans = context.HasOutput(1) ? context.Output<T>(1) : default;
        var movedVariances = context.HasOutput(2) ? context.Output<T>(2) : default;
        bool isTraining = IsTraining(context.Attributes);
        T epsilon = T.CreateChecked(context.Attributes.Float("epsilon", 1e-5f));
        T momentum = T.CreateChecked(context.Attributes.Float("momentum", 0.9f));
        T count = T.CreateChecked(shape[0] * width);
        T correction = IsUnbiased(context.Attributes) ? count / (count - T.One) : T.One;
        return () =>
        {
            for (int channel = 0; channel < channels; channel++)
            {
                var (mean, variance) = (means[channel], variances[channel]);
                if (isTraining)
                {
                    (mean, variance) = (T.Zero, T.Zero);
                    for (int start = channel * width; start < x.Length; start += step)
                    {
                        mean += sum(x.Span.Slice(start, width));
                    }

                    mean /= count;
                }

                // The output holds the centered values until the variance is known.
                for (int start = channel * width; start < x.Length; start += step)
                {
                    var row = y.Span.Slice(start, width);
                    for (int i = 0; i < width; i++)
                    {
                        row[i] = x[start + i] - mean;
                    }

                    variance += isTraining ? dot(row, row) : T.Zero;
                }

                variance = isTraining ? variance / count : variance;
                T factor = scale[channel] / root(variance + epsilon);
                for (int start = channel * width; start < x.Length; start += step)
                {
                    foreach (ref T value in y.Span.Slice(start, width))
                    {
                        value = (value * factor) + bias[channel];
                    }
                }

                Move(movedMeans, means, channel, mean, momentum);
                Move(movedVariances, variances, channel, variance * correction, momentum);
            }
        };
    }

    private static void Move<T>(Execution.Buffer<T> moved, Execution.Buffer<T> running, int channel, T batch, T momentum)
        where T : unmanaged, INumber<T>
    {
        if (moved.Length > 0)
        {
            moved[channel] = (running[channel] * momentum) + (batch * (T.One - momentum));
        }
    }
}
