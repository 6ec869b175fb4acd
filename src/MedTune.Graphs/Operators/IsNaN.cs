using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Whether an element is not a number.</summary>
internal sealed class IsNaN : FloatTestOperator
{
    public override string Name => "IsNaN";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("special values", Tensor.Vector(1f, float.NaN, float.PositiveInfinity, -0f, -float.NaN));
            foreach (int length in Sample.Lengths)
            {
                yield return new($"length {length}", Sample.Values(5, length)) { HasGolden = false };
            }
        }
    }

    protected override Action Compile<T>(KernelContext context)
    {
        var (x, y) = (context.Input<T>(0), context.Output<bool>());
        return () =>
        {
            Span<T> source = x.Span;
            Span<bool> destination = y.Span;
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = T.IsNaN(source[i]);
            }
        };
    }
}
