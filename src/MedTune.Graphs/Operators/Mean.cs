using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The mean of the inputs, element by element, broadcast.</summary>
internal sealed class Mean : VariadicOperator
{
    public override string Name => "Mean";

    public override IEnumerable<OperatorCase> Cases => VariadicCases();

    protected override bool DividesByCount => true;

    public override void Gradient(GradientContext context)
    {
        var share = context.Builder.Divide(context.OutputGradient(), context.Builder.Scalar(context.InputCount, context.Output()));
        for (int i = 0; i < context.InputCount; i++)
        {
            context.SetReduced(i, share);
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
