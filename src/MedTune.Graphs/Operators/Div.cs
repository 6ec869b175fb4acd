using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x / y, broadcast. Whole numbers are divided towards 0; by 0 they give 0.</summary>
internal sealed class Div : BinaryOperator<DivideKernel>
{
    public override string Name => "Div";

    public override IEnumerable<OperatorCase> Cases => [.. BinaryCases(AnyValues, PositiveValues), .. ByteCases()];

    public override void Gradient(GradientContext context)
    {
        var scaled = context.Builder.Divide(context.OutputGradient(), context.Input(1));
        context.SetReduced(0, scaled);
        if (context.Needs(1))
        {
            context.SetReduced(1, context.Builder.Negate(context.Builder.Multiply(scaled, context.Output())));
        }
    }

    protected override double Map(double x, double y) => x / y;

    protected override long Map(long x, long y) => y == 0 ? 0 : y == -1 ? -x : x / y;
}
