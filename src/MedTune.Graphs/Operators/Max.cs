using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The largest of the inputs, element by element, broadcast; NaN when any is NaN. The gradient goes to the first that is largest.</summary>
internal sealed class Max : VariadicOperator
{
    public override string Name => "Max";

    public override IEnumerable<OperatorCase> Cases => [.. VariadicCases(), .. ByteCases()];

    protected override bool TakesBytes => true;

    public override void Gradient(GradientContext context)
    {
        for (int i = 0; i < context.InputCount; i++)
        {
            if (context.Needs(i))
            {
                Value[] values = [context.OutputGradient(), context.Output(), .. Enumerable.Range(0, i + 1).Select(context.Input)];
                context.SetReduced(i, context.Builder.Append("ExtremumGradient", values, domain: InternalDomain));
            }
        }
    }

    protected override void Join(ReadOnlySpan<float> x, Span<float> total)
    {
        if (x.Length == 1)
        {
            ElementWise.Map<MaximumKernel>(total, x[0], total);
        }
        else
        {
            ElementWise.Map<MaximumKernel>(total, x, total);
        }
    }

    protected override double Join(double total, double x) => Math.Max(total, x);

    protected override long Join(long total, long x) => Math.Max(total, x);
}
