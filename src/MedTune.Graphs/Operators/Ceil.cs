using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The smallest whole number not below x.</summary>
internal sealed class Ceil : UnaryOperator<CeilingKernel>
{
    public override string Name => "Ceil";

    public override IEnumerable<OperatorCase> Cases => StepCases();

    /// <summary>Nothing passes: the operator is flat between its steps.</summary>
    public override void Gradient(GradientContext context)
    {
    }

    protected override double Map(double x) => Math.Ceiling(x);
}
