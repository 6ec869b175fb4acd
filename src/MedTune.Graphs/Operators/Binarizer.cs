using System.Collections.Immutable;

namespace MedTune.Graphs.Operators;

/// <summary>1 above the threshold (0 by default), else 0, in the type of the input.</summary>
internal sealed class Binarizer : LearningOperator
{
    public override string Name => "Binarizer";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("default", Sample.Values(1, 3, 4)) { GradientInputs = [] };
            yield return new("threshold", Sample.Values(2, 9)) { Attributes = Attributes.None.With("threshold", 1.5f), GradientInputs = [] };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        Table(context);
        return [context.Input(0)];
    }

    public override Action Compile(KernelContext context)
    {
        double threshold = context.Attributes.Float("threshold", 0);
        var (read, write, x) = (RealNumbers.Of(context, 0), RealNumbers.To(context), context.Scratch<double>(context.InputShape(0).Length));
        return () =>
        {
            read(x.Span);
            foreach (ref double value in x.Span)
            {
                value = value > threshold ? 1 : 0;
            }

            write(x.Span);
        };
    }
}
