using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The nearest whole number, halves to the even one.</summary>
internal sealed class Round : UnaryOperator<RoundKernel>
{
    public override string Name => "Round";

    public override IEnumerable<OperatorCase> Cases => StepCases();

    /// <summary>Nothing passes: the operator is flat between its steps.</summary>
    public override void Gradient(GradientContext context)
    {
    }

    protected override double Map(double x) => Math.Round(x, MidpointRounding.ToEven);
}
