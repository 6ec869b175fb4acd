using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x · tanh(log(1 + exp(x))) (Misra 2019).</summary>
internal sealed class Mish : UnaryOperator
{
    public override string Name => "Mish";

    public override int SinceOpset => 18;

    public override IEnumerable<OperatorCase> Cases => UnaryCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context)
    {
        // With t = tanh(softplus(x)) the slope is t + x · (1 - t²) · sigmoid(x).
        var build = context.Builder;
        var x = context.Input(0);
        var t = build.Tanh(build.Softplus(x));
        var steep = build.Multiply(build.Subtract(build.Scalar(1, x), build.Multiply(t, t)), build.Sigmoid(x));
        context.Set(0, build.Multiply(context.OutputGradient(), build.Add(t, build.Multiply(x, steep))));
    }

    protected override FloatMap PrepareFloat(Attributes attributes) => (x, destination) =>
    {
        for (int i = 0; i < x.Length; i++)
        {
            destination[i] = x[i] * FloatMath.Tanh(FloatMath.Softplus(x[i]));
        }
    };

    protected override double Map(double x) => x * DoubleMath.Tanh(DoubleMath.Softplus(x));
}
