using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The K (input 1) largest elements along <c>axis</c>, best first, and where they were; the smallest with largest = 0. Of equal elements the first
/// comes first, and NaN is larger than any number. K must be known before the model runs.
/// </summary>
internal sealed class TopK : Operator
{
    public override string Name => "TopK";

    public override int MinimumInputs => 2;

    public override int MaximumOutputs => 2;

    public override int RequiredOutputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("largest", Sample.Values(1, 3, 5), Tensor.Vector(3L)) { Outputs = 2 };
            yield return new("smallest, first axis", Sample.Values(2, 4, 3), Tensor.Vector(2L)) { Outputs = 2, Attributes = Attributes.None.With("axis", 0).With("largest", 0) };
            yield return new("middle axis", Sample.Values(3, 2, 5, 3), Tensor.Vector(4L)) { Outputs = 2, Attributes = Attributes.None.With("axis", -2) };
            yield return new("equal elements", Tensor.Vector(1f, 3f, 2f, 3f, 2f), Tensor.Vector(4L)) { Outputs = 2, GradientInputs = [] };
            yield return new("values only", Sample.Values(4, 2, 3), Tensor.Vector(1L));
            yield return new("none", Sample.Values(5, 2, 3), Tensor.Vector(0L)) { Outputs = 2, GradientInputs = [] };
            yield return new("whole numbers", Sample.Longs(-9, 9, 6, 9), Tensor.Vector(5L)) { Outputs = 2, ConstantInputs = [0] };
            yield return new("many of many", Sample.Values(7, 2, 257), Tensor.Vector(100L)) { Outputs = 2, HasGolden = false };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32, ElementType.Int8, ElementType.UInt8);
        context.Require(1, ElementType.Int64);
        if (!x.HasRank)
        {
            return [x, x with { Element = ElementType.Int64 }];
        }

        int axis = context.Axis(context.Attributes.Int("axis", -1), x.Rank);
        var count = Dimension.Unknown;
        if (context.Constant(1) is not null)
        {
            var k = context.Longs(1);
            if (k.Length != 1 || k[0] < 0 || k[0] > (x.Dimensions[axis].Value ?? int.MaxValue))
            {
                throw context.Error(string.Create(
                    CultureInfo.InvariantCulture,
                    $"its K is [{string.Join(", ", k)}]; one number from 0 to the extent of axis {axis} ({x.Dimensions[axis]}) was expected."));
            }

            count = (int)k[0];
        }

        var dimensions = x.Dimensions.SetItem(axis, count);
        return [x with { Dimensions = dimensions }, new TensorType(ElementType.Int64, dimensions)];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => Compile<float>(context),
        ElementType.Double => Compile<double>(context),
        ElementType.Int64 => Compile<long>(context),
        ElementType.Int32 => Compile<int>(context),
        ElementType.Int8 => Compile<sbyte>(context),
        ElementType.UInt8 => Compile<byte>(context),
        var other => throw context.Unsupported(other),
    };

    /// <summary>Each gradient goes back to where its value was; the places are computed again where the forward did not ask for them.</summary>
    public override void Gradient(GradientContext context)
    {
        bool hasPlaces = context.Node.Outputs.Length > 1 && context.Node.Outputs[1].Length > 0;
        var places = hasPlaces
            ? context.Output(1)
            : context.Builder.AppendMany(Name, [context.Input(0), context.Input(1)], 2, context.Attributes)[1];
        context.Set(0, context.Builder.Append(
            "GatherElementsGradient",
            [context.OutputGradient(), places, context.Input(0)],
            Attributes.None.With("axis", context.Attributes.Int("axis", -1)),
            InternalDomain));
    }

    // Until set 9 K was an attribute.
    public override Node FromOpset(Node node, int opset, GraphBuilder builder) => opset >= 10
        ? node
        : node with
        {
            Inputs = [node.Inputs[0], builder.Constant(Tensor.Vector(node.Attributes.Int("k", -1)), "k").Name],
            Attributes = node.Attributes.Without("k"),
        };

    private static Action Compile<T>(KernelContext context)
        where T : unmanaged, INumber<T>
    {
        var shape = context.InputShape(0);
        int axis = (int)context.Attributes.Int("axis", -1);
        axis = axis < 0 ? axis + shape.Rank : axis;
        var lines = new Lines<T>(context.Input<T>(0), shape[axis], new Shape(shape.Extents[(axis + 1)..]).Length, context.Attributes.Int("largest", 1) != 0);
        var values = context.Output<T>();
        var places = context.HasOutput(1) ? context.Output<long>(1) : default;
        var order = context.Scratch<int>(shape[axis]);
        int count = context.OutputShape()[axis];
        int blocks = shape.Length == 0 ? 0 : shape.Length / shape[axis];
        return () =>
        {
            for (int line = 0; line < blocks; line++)
            {
                var best = lines.Best(line, order.Span, count);
                int start = ((line / lines.Step) * count * lines.Step) + (line % lines.Step);
                for (int i = 0; i < count; i++)
                {
                    values[start + (i * lines.Step)] = lines[best[i]];
                    if (places.Length > 0)
                    {
                        places[start + (i * lines.Step)] = best[i];
                    }
                }
            }
        };
    }

    /// <summary>The elements of one line along the axis, and the order among them.</summary>
    private sealed class Lines<T>
        where T : unmanaged, INumber<T>
    {
        /// <summary>Up to so many are kept in order by insertion; more are sorted out of all.</summary>
        private const int Few = 32;

        private readonly Buffer<T> _x;
        private readonly int _extent;
        private readonly bool _largest;
        private readonly Comparison<int> _comparison;
        private int _start;

        public Lines(Buffer<T> x, int extent, int step, bool largest)
        {
            (_x, _extent, Step, _largest) = (x, extent, step, largest);
            _comparison = (i, j) => i == j ? 0 : Precedes(i, j) ? -1 : 1;
        }

        /// <summary>Elements between neighbors of a line.</summary>
        public int Step { get; }

        public T this[int place] => _x[_start + (place * Step)];

        /// <summary>The places of the first <paramref name="count"/> in order.</summary>
        public ReadOnlySpan<int> Best(int line, Span<int> order, int count)
        {
            _start = ((line / Step) * _extent * Step) + (line % Step);
            if (count > Few)
            {
                for (int i = 0; i < order.Length; i++)
                {
                    order[i] = i;
                }

                order.Sort(_comparison);
                return order[..count];
            }

            int found = 0;
            for (int i = 0; i < _extent && count > 0; i++)
            {
                if (found == count && !Precedes(i, order[count - 1]))
                {
                    continue;
                }

                int place = found < count ? found++ : count - 1;
                for (; place > 0 && Precedes(i, order[place - 1]); place--)
                {
                    order[place] = order[place - 1];
                }

                order[place] = i;
            }

            return order[..count];
        }

        private bool Precedes(int i, int j)
        {
            var (x, y) = (this[i], this[j]);
            if (x == y || (T.IsNaN(x) && T.IsNaN(y)))
            {
                return i < j;
            }

            bool isLarger = T.IsNaN(x) || (!T.IsNaN(y) && x > y);
            return isLarger == _largest;
        }
    }
}
