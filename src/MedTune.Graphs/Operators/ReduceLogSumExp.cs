using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The logarithm of the sum of exponentials over axes, without overflow.</summary>
internal sealed class ReduceLogSumExp : ReduceOperator
{
    public override string Name => "ReduceLogSumExp";

    public override IEnumerable<OperatorCase> Cases => ReduceCases((seed, shape) => Sample.Values(seed, shape));

    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var share = build.Exp(build.Subtract(context.Input(0), Spread(context, context.Output())));
        context.Set(0, build.Multiply(Spread(context, context.OutputGradient()), share));
    }

    protected override float Reduce(ReadOnlySpan<float> row)
    {
        float largest = float.NegativeInfinity;
        foreach (float value in row)
        {
            largest = float.Max(largest, value);
        }

        if (!float.IsFinite(largest))
        {
            return largest;
        }

        float total = 0;
        foreach (float value in row)
        {
            total += FloatMath.Exp(value - largest);
        }

        return largest + FloatMath.Log(total);
    }

    protected override double Reduce(ReadOnlySpan<double> row)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in row)
        {
            largest = double.Max(largest, value);
        }

        if (!double.IsFinite(largest))
        {
            return largest;
        }

        double total = 0;
        foreach (double value in row)
        {
            total += DoubleMath.Exp(value - largest);
        }

        return largest + DoubleMath.Log(total);
    }
}
