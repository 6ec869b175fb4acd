using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>What the gradients of convolutions share: the gradient of the output and one of the factors, in the shape of input 2, the other factor.</summary>
internal abstract class ConvolutionGradient : Operator
{
    public sealed override string Domain => InternalDomain;

    public sealed override int MinimumInputs => 3;

    public sealed override bool ReadsValues(int input) => input != 2;

    public sealed override ImmutableArray<TensorType> InferTypes(ShapeContext context) => [context.Require(2, ElementType.Float, ElementType.Double)];
}
