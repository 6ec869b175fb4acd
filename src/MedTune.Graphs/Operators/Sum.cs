using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The sum of the inputs, element by element, broadcast.</summary>
internal sealed class Sum : VariadicOperator
{
    public override string Name => "Sum";

    public override IEnumerable<OperatorCase> Cases => VariadicCases();

    public override void Gradient(GradientContext context)
    {
        for (int i = 0; i < context.InputCount; i++)
        {
            context.SetReduced(i, context.OutputGradient());
        }
    }

    protected override void Join(ReadOnlySpan<float> x, Span<float> total)
    {
        if (x.Length == 1)
        {
            ElementWise.Map<AddKernel>(total, x[0], total);
        }
        else
        {
            ElementWise.Map<AddKernel>(total, x, total);
        }
    }

    protected override double Join(double total, double x) => total + x;

    protected override long Join(long total, long x) => total + x;
}
