using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>(x - offset) · scale, each one number for all columns or one per column.</summary>
internal sealed class Scaler : LearningOperator
{
    public override string Name => "Scaler";

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("per column", Sample.Values(1, 4, 3)) { Attributes = Attributes.None.With("offset", (float[])[1f, -0.5f, 2f]).With("scale", (float[])[0.5f, 2f, 0.25f]) };
            yield return new("for all", Sample.Longs(-9, 9, 2, 4, 3)) { Attributes = Attributes.None.With("offset", (float[])[1f]).With("scale", (float[])[0.5f]) };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [new TensorType(ElementType.Float, Table(context).Dimensions)];

    public override Action Compile(KernelContext context)
    {
        var (_, columns) = Size(context.InputShape(0));
        var (offset, scale) = (PerColumn(context, "offset", columns, 0), PerColumn(context, "scale", columns, 1));
        var (read, write, x) = (RealNumbers.Of(context, 0), RealNumbers.To(context), context.Scratch<double>(context.InputShape(0).Length));
        return () =>
        {
            read(x.Span);
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = (x[i] - offset[i % columns]) * scale[i % columns];
            }

            write(x.Span);
        };
    }

    public override void Gradient(GradientContext context)
    {
        var scale = context.Attributes.Floats("scale");
        var factor = context.Builder.Constant(Tensor.Vector(scale.IsDefaultOrEmpty ? [1f] : scale.AsSpan()), "scale");
        context.Set(0, context.Builder.Multiply(context.OutputGradient(), factor));
    }
}
