using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x · y, broadcast.</summary>
internal sealed class Mul : BinaryOperator<MultiplyKernel>
{
    public override string Name => "Mul";

    public override IEnumerable<OperatorCase> Cases => [.. BinaryCases(AnyValues, AnyValues), .. ByteCases()];

    public override void Gradient(GradientContext context)
    {
        if (context.Needs(0))
        {
            context.SetReduced(0, context.Builder.Multiply(context.OutputGradient(), context.Input(1)));
        }

        if (context.Needs(1))
        {
            context.SetReduced(1, context.Builder.Multiply(context.OutputGradient(), context.Input(0)));
        }
    }

    protected override double Map(double x, double y) => x * y;

    protected override long Map(long x, long y) => x * y;
}
