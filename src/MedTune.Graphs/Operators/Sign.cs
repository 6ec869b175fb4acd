using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>-1, 0 or 1; NaN for NaN.</summary>
internal sealed class Sign : UnaryOperator<SignKernel>
{
    public override string Name => "Sign";

    public override IEnumerable<OperatorCase> Cases => StepCases();

    protected override bool TakesWholeNumbers => true;

    /// <summary>Nothing passes: the operator is flat between its steps.</summary>
    public override void Gradient(GradientContext context)
    {
    }

    protected override double Map(double x) => double.IsNaN(x) ? x : Math.Sign(x);

    protected override long Map(long x) => Math.Sign(x);
}
