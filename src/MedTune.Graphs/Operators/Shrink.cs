namespace MedTune.Graphs.Operators;

/// <summary>x + bias below -lambd, x - bias above lambd, 0 between; lambd is 0.5 and bias 0 by default.</summary>
internal sealed class Shrink : UnaryOperator
{
    public override string Name => "Shrink";

    public override int SinceOpset => 9;

    public override IEnumerable<OperatorCase> Cases =>
        UnaryCases((seed, shape) => Sample.Values(seed, shape), Attributes.None.With("lambd", 1.25f).With("bias", 0.75f));

    public override void Gradient(GradientContext context)
    {
        // The slope is 1 outside the band and 0 in it.
        var build = context.Builder;
        var (x, dy) = (context.Input(0), context.OutputGradient());
        float lambda = context.Attributes.Float("lambd", 0.5f);
        context.Set(0, build.Where(build.Greater(build.Append("Abs", [x]), build.Scalar(lambda, x)), dy, build.Scalar(0, x)));
    }

    protected override FloatMap PrepareFloat(Attributes attributes)
    {
        float lambda = attributes.Float("lambd", 0.5f);
        float bias = attributes.Float("bias", 0);
        return (x, destination) =>
        {
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = x[i] < -lambda ? x[i] + bias : x[i] > lambda ? x[i] - bias : 0;
            }
        };
    }

    protected override Func<double, double> Prepare(Attributes attributes)
    {
        double lambda = attributes.Float("lambd", 0.5f);
        double bias = attributes.Float("bias", 0);
        return x => x < -lambda ? x + bias : x > lambda ? x - bias : 0;
    }
}
