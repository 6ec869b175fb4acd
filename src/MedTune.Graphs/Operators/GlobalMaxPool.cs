using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The largest of every plane; NaN when any is NaN. Elements that tie share the gradient equally.</summary>
internal sealed class GlobalMaxPool : GlobalPoolOperator
{
    public override string Name => "GlobalMaxPool";

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var (x, axes) = (context.Input(0), SpatialAxes(context));
        var chosen = build.Append("Where", [build.Equal(x, context.Output()), build.Scalar(1, x), build.Scalar(0, x)]);
        var count = build.Append("ReduceSum", [chosen, axes]);
        context.Set(0, build.Multiply(chosen, build.Divide(context.OutputGradient(), count)));
    }

    protected override float Pool(ReadOnlySpan<float> plane) => Reductions.Maximum(plane);

    protected override double Pool(ReadOnlySpan<double> plane)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in plane)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }
}
