using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The smallest of the inputs, element by element, broadcast; NaN when any is NaN. The gradient goes to the first that is smallest.</summary>
internal sealed class Min : VariadicOperator
{
    public override string Name => "Min";

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
            ElementWise.Map<MinimumKernel>(total, x[0], total);
        }
        else
        {
            ElementWise.Map<MinimumKernel>(total, x, total);
        }
    }

    protected override double Join(double total, double x) => Math.Min(total, x);

    protected override long Join(long total, long x) => Math.Min(total, x);
}
