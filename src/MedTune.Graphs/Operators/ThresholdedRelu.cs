namespace MedTune.Graphs.Operators;

/// <summary>x where x is above alpha, 0 elsewhere; alpha is 1 by default.</summary>
internal sealed class ThresholdedRelu : UnaryOperator
{
    public override string Name => "ThresholdedRelu";

    public override int SinceOpset => 10;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("default threshold", Sample.Values(3, 3, 7));
            foreach (var sample in UnaryCases((seed, shape) => Sample.Values(seed, shape), Attributes.None.With("alpha", -0.5f)))
            {
                yield return sample;
            }
        }
    }

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var x = context.Input(0);
        var above = build.Greater(x, build.Scalar(context.Attributes.Float("alpha", 1), x));
        context.Set(0, build.Where(above, context.OutputGradient(), build.Scalar(0, x)));
    }

    protected override FloatMap PrepareFloat(Attributes attributes)
    {
        float alpha = attributes.Float("alpha", 1);
        return (x, destination) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                destination[i] = x[i] > alpha ? x[i] : 0;
            }
        };
    }

    protected override Func<double, double> Prepare(Attributes attributes)
    {
        double alpha = attributes.Float("alpha", 1);
        return x => x > alpha ? x : 0;
    }
}
