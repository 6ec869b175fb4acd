using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x - y, broadcast.</summary>
internal sealed class Sub : BinaryOperator<SubtractKernel>
{
    public override string Name => "Sub";

    public override IEnumerable<OperatorCase> Cases => [.. BinaryCases(AnyValues, AnyValues), .. ByteCases()];

    public override void Gradient(GradientContext context)
    {
        context.SetReduced(0, context.OutputGradient());
        if (context.Needs(1))
        {
            context.SetReduced(1, context.Builder.Negate(context.OutputGradient()));
        }
    }

    protected override double Map(double x, double y) => x - y;

    protected override long Map(long x, long y) => x - y;
}
