using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Whether an element is infinite, in the directions that <c>detect_negative</c> and <c>detect_positive</c> name (both by default).</summary>
internal sealed class IsInf : FloatTestOperator
{
    public override string Name => "IsInf";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            var values = Tensor.Vector(1f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f);
            yield return new("both", values);
            yield return new("positive", values) { Attributes = Attributes.None.With("detect_negative", 0) };
            yield return new("negative", values) { Attributes = Attributes.None.With("detect_positive", 0) };
        }
    }

    protected override Action Compile<T>(KernelContext context)
    {
        bool negative = context.Attributes.Int("detect_negative", 1) != 0;
        bool positive = context.Attributes.Int("detect_positive", 1) != 0;
        var (x, y) = (context.Input<T>(0), context.Output<bool>());
        return () =>
        {
            Span<T> source = x.Span;
            Span<bool> destination = y.Span;
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = (positive && T.IsPositiveInfinity(source[i])) || (negative && T.IsNegativeInfinity(source[i]));
            }
        };
    }
}
