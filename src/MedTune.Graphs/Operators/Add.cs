using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x + y, broadcast.</summary>
internal sealed class Add : BinaryOperator<AddKernel>
{
    public override string Name => "Add";

    public override IEnumerable<OperatorCase> Cases => [.. BinaryCases(AnyValues, AnyValues), .. ByteCases()];

    public override void Gradient(GradientContext context)
    {
        context.SetReduced(0, context.OutputGradient());
        context.SetReduced(1, context.OutputGradient());
    }

    protected override double Map(double x, double y) => x + y;

    protected override long Map(long x, long y) => x + y;
}
