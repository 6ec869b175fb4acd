using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>exp(x) divided by its sum along an axis, without overflow.</summary>
internal sealed class Softmax : SoftmaxOperator
{
    public override string Name => "Softmax";

    public override IEnumerable<OperatorCase> Cases => SoftmaxCases(1);

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append("SoftmaxGradient", [context.OutputGradient(), context.Output()], context.Attributes, InternalDomain));

    protected override void MapRow(Span<float> first, ReadOnlySpan<float> second)
    {
        ElementWise.Map<ExpDifferenceKernel>(first, first.IsEmpty ? 0 : Reductions.Maximum(first), first);
        ElementWise.Map<DivideKernel>(first, Reductions.Sum(first), first);
    }

    protected override void MapRow(Span<double> first, ReadOnlySpan<double> second)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in first)
        {
            largest = Math.Max(largest, value);
        }

        double sum = 0;
        foreach (ref double value in first)
        {
            value = DoubleMath.Exp(value - largest);
            sum += value;
        }

        foreach (ref double value in first)
        {
            value /= sum;
        }
    }
}
