using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// activation(A · B + bias) + addend, B a matrix and the rows of A all those before its last axis (attributes transA and transB as in Gemm; activation "", "Relu",
/// "Gelu" or "GeluTanh"). Input 2 is a row of biases, input 3 has the shape of the result; both may be left out. <see cref="ProductFusion"/> writes it, in
/// float only; the operators it replaces are its reference, so the tests compare whole graphs.
/// </summary>
internal sealed class FinishedProduct : Operator
{
    public override string Name => "FinishedProduct";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 2;

    public override int MaximumInputs => 4;

    public override IEnumerable<OperatorCase> Cases => [];

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var (a, b) = (context.Input(0), context.Input(1));
        var n = b.Dimensions[Transposed(context.Attributes, "transB") ? 0 : 1];
        return [a with { Dimensions = Transposed(context.Attributes, "transA") ? [a.Dimensions[1], n] : a.Dimensions.SetItem(a.Rank - 1, n) }];
    }

    public override Action Compile(KernelContext context)
    {
        (bool transposeA, bool transposeB) = (Transposed(context.Attributes, "transA"), Transposed(context.Attributes, "transB"));
        int n = context.OutputShape()[-1];
        int m = context.OutputShape().Length / n;
        int k = context.InputShape(0).Length / m;
        var (a, y) = (context.Input<float>(0), context.Output<float>());
        var bias = context.Has(2) ? context.Input<float>(2) : default;
        var addend = context.Has(3) ? context.Input<float>(3) : default;
        var activation = context.Attributes.String("activation", "") is { Length: > 0 } name ? Enum.Parse<ProductActivation>(name) : ProductActivation.None;
        var (product, b) = FloatProduct.For(context, m, n, k, transposeA, transposeB, input: 1);
        return () => product.Run(a.Span, b.Span, y.Span, new ProductFinish { Bias = bias.Span, Activation = activation, Addend = addend.Span });
    }

    private static bool Transposed(Attributes attributes, string name) => attributes.Int(name, 0) != 0;
}
