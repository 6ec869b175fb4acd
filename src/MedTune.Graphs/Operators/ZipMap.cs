using System.Collections.Immutable;

namespace MedTune.Graphs.Operators;

/// <summary>
/// In ONNX, probabilities as one map from class to probability per row. There are no maps here: the probabilities stay the tensor they are, [rows, classes] in the
/// order of the class labels, and a file that is read gets an Identity in this operator's place.
/// </summary>
internal sealed class ZipMap : LearningOperator
{
    public override string Name => "ZipMap";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("two classes", Sample.Positive(1, 1, 3, 2)) { Attributes = Attributes.None.With("classlabels_int64s", (long[])[0, 1]) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [Table(context)];

    public override Action Compile(KernelContext context)
    {
        var (read, write, x) = (RealNumbers.Of(context, 0), RealNumbers.To(context), context.Scratch<double>(context.InputShape(0).Length));
        return () =>
        {
            read(x.Span);
            write(x.Span);
        };
    }

    public override void Gradient(GradientContext context) => context.Set(0, context.OutputGradient());

    public override Node FromOpset(Node node, int opset, GraphBuilder builder) => new("Identity", [node.Inputs[0]], node.Outputs, Attributes.None, Name: node.Name);
}
