using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The largest whole number not above x.</summary>
internal sealed class Floor : UnaryOperator<FloorKernel>
{
    public override string Name => "Floor";

    public override IEnumerable<OperatorCase> Cases => StepCases();

    /// <summary>Nothing passes: the operator is flat between its steps.</summary>
    public override void Gradient(GradientContext context)
    {
    }

    protected override double Map(double x) => Math.Floor(x);
}
