using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Turns the first sequence_lens (input 1) steps of every sample round; time_axis and batch_axis are 0 and 1, or 1 and 0.</summary>
internal sealed class ReverseSequence : MovementOperator
{
    public override string Name => "ReverseSequence";

    public override int SinceOpset => 10;

    public override int MinimumInputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("steps first", Sample.Values(1, 4, 3, 2), Tensor.Vector(2L, 4L, 1L));
            yield return new("samples first", Sample.Values(2, 3, 4), Tensor.Vector(3L, 0L, 4L)) { Attributes = Attributes.None.With("time_axis", 1).With("batch_axis", 0) };
            yield return new("text", Tensor.Create(new Shape(2, 1), ["a", "b"]), Tensor.Vector(2L));
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        context.Require(1, ElementType.Int64);
        var x = context.Input(0);
        long time = context.Attributes.Int("time_axis", 0);
        return x.HasRank && (x.Rank < 2 || time is not (0 or 1) || context.Attributes.Int("batch_axis", 1) != 1 - time)
            ? throw context.Error($"its input is {x}; two axes or more were expected, with time_axis and batch_axis 0 and 1 in either order.")
            : [x];
    }

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append(Name, [context.OutputGradient(), context.Input(1)], context.Attributes));

    protected override Action Compile<T>(Places<T> places)
    {
        var context = places.Context;
        var shape = context.InputShape(0);
        int time = (int)context.Attributes.Int("time_axis", 0);
        var (steps, samples) = (shape[time], shape[1 - time]);
        int width = new Shape(shape.Extents[2..]).Length;
        var lengths = context.Input<long>(1);
        var (x, y) = (places.Input(), places.Output());
        int Row(int step, int sample) => (time == 0 ? (step * samples) + sample : (sample * steps) + step) * width;
        return () =>
        {
            var source = x();
            var destination = y();
            for (int sample = 0; sample < samples; sample++)
            {
                long length = sample < lengths.Length ? lengths[sample] : -1;
                if (length < 0 || length > steps)
                {
                    throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its sequence_lens must be one number from 0 to {steps} per sample."));
                }

                for (int step = 0; step < steps; step++)
                {
                    int from = step < length ? (int)length - 1 - step : step;
                    source.Slice(Row(from, sample), width).CopyTo(destination[Row(step, sample)..]);
                }
            }
        };
    }
}
