using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The mean of every plane.</summary>
internal sealed class GlobalAveragePool : GlobalPoolOperator
{
    public override string Name => "GlobalAveragePool";

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Append(
            "Spread", [context.OutputGradient(), context.Input(0), SpatialAxes(context)], Attributes.None.With("mean", 1), InternalDomain));

    protected override float Pool(ReadOnlySpan<float> plane) => Reductions.Sum(plane) / plane.Length;

    protected override double Pool(ReadOnlySpan<double> plane)
    {
        double sum = 0;
        foreach (double value in plane)
        {
            sum += value;
        }

        return sum / plane.Length;
    }
}
