using System.Collections.Immutable;
using System.Globalization;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x where x is at least 0, slope · x below; the slope (input 1) broadcasts to the shape of x.</summary>
internal sealed class PRelu : BinaryOperator<LeakyReluKernel>
{
    public override string Name => "PRelu";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("same shape", Sample.Values(1, 3, 5), Sample.Within(1, 2, 3, 5));
            yield return new("one slope", Sample.Values(3, 3, 5), Sample.Within(1, 4, 1));
            yield return new("slope per channel", Sample.Values(5, 2, 3, 4), Sample.Within(1, 6, 3, 1));
            yield return new("slope per column", Sample.Values(7, 3, 5), Sample.Within(1, 8, 5));
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(9, length), Sample.Within(1, 10, length)) { HasGolden = false };
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var (x, slope) = (context.Input(0), context.Input(1));
        var type = base.InferTypes(context)[0];
        if (x.HasRank && slope.HasRank)
        {
            // Where x has 1 the slope must too; what is not known yet is asked again with concrete shapes.
            for (int axis = 1; axis <= slope.Rank; axis++)
            {
                if (axis > x.Rank || (x.Dimensions[^axis].Value == 1 && slope.Dimensions[^axis].Value is not (null or 1)))
                {
                    throw context.Error(string.Create(CultureInfo.InvariantCulture, $"its slope is {slope}, which does not broadcast to its input {x}."));
                }
            }
        }

        return [x.HasRank ? x : type];
    }

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var (x, slope, dy) = (context.Input(0), context.Input(1), context.OutputGradient());
        var isBelow = build.Less(x, build.Scalar(0, x));
        if (context.Needs(0))
        {
            context.Set(0, build.Where(isBelow, build.Multiply(dy, slope), dy));
        }

        if (context.Needs(1))
        {
            context.SetReduced(1, build.Where(isBelow, build.Multiply(dy, x), build.Scalar(0, x)));
        }
    }

    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        // Until set 6 a list of slopes was one per channel, which is axis 1.
        if (opset > 6 || !builder.Has(node.Inputs[0]) || !builder.Has(node.Inputs[1]))
        {
            return node;
        }

        var (x, slope) = (builder[node.Inputs[0]].Type, builder[node.Inputs[1]]);
        if (!x.HasRank || x.Rank <= 2 || !slope.Type.HasRank || slope.Type.Rank != 1)
        {
            return node;
        }

        long[] shape = [-1, .. Enumerable.Repeat(1L, x.Rank - 2)];
        return node with { Inputs = [node.Inputs[0], builder.Reshape(slope, shape).Name] };
    }

    protected override double Map(double x, double y) => x < 0 ? x * y : x;

    protected override long Map(long x, long y) => x < 0 ? x * y : x;
}
