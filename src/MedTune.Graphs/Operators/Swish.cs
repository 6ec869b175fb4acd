using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>x · sigmoid(alpha · x), alpha 1 by default (Ramachandran, Zoph and Le 2017).</summary>
internal sealed class Swish : UnaryOperator
{
    public override string Name => "Swish";

    public override int SinceOpset => 24;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            foreach (var sample in UnaryCases((seed, shape) => Sample.Values(seed, shape)))
            {
                yield return sample;
            }

            yield return new("alpha", Sample.Values(3, 2, 5)) { Attributes = Attributes.None.With("alpha", 1.75f) };
        }
    }

    /// <summary>s + alpha · y · (1 - s), where s is the sigmoid.</summary>
    public override void Gradient(GradientContext context)
    {
        var build = context.Builder;
        var (x, alpha) = (context.Input(0), build.Scalar(context.Attributes.Float("alpha", 1), context.Input(0)));
        var sigmoid = build.Sigmoid(build.Multiply(x, alpha));
        var rest = build.Multiply(build.Multiply(alpha, context.Output()), build.Subtract(build.Scalar(1, x), sigmoid));
        context.Set(0, build.Multiply(context.OutputGradient(), build.Add(sigmoid, rest)));
    }

    public override ImmutableArray<Value> Expand(GraphBuilder builder, Node node)
    {
        var x = builder[node.Inputs[0]];
        var sigmoid = builder.Sigmoid(builder.Multiply(x, builder.Scalar(node.Attributes.Float("alpha", 1), x)));
        return [builder.Append("Mul", [x, sigmoid], outputName: node.Outputs[0])];
    }

    protected override FloatMap PrepareFloat(Attributes attributes)
    {
        float alpha = attributes.Float("alpha", 1);
        return (x, destination) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                destination[i] = x[i] * FloatMath.Sigmoid(alpha * x[i]);
            }
        };
    }

    protected override Func<double, double> Prepare(Attributes attributes)
    {
        double alpha = attributes.Float("alpha", 1);
        return x => x * DoubleMath.Sigmoid(alpha * x);
    }
}
