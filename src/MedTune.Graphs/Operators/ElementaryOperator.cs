namespace MedTune.Graphs.Operators;

/// <summary>An elementary function that is rare in networks: float is worked out in double too, and rounded once.</summary>
internal abstract class ElementaryOperator : UnaryOperator
{
    public override int SinceOpset => 7;

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var slope = Slope(build, context.Input(0), context.Output(), build.Scalar(1, context.Input(0)));
        context.Set(0, build.Multiply(context.OutputGradient(), slope));
    }

    /// <summary>The derivative, from input, output and a constant 1.</summary>
    protected abstract Value Slope(GraphBuilder build, Value x, Value y, Value one);

    protected override FloatMap PrepareFloat(Attributes attributes) => (x, destination) =>
    {
        for (int i = 0; i < x.Length; i++)
        {
            destination[i] = (float)Map(x[i]);
        }
    };
}
