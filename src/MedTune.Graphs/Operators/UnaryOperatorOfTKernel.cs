using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An element-wise operator whose float forward is one vector kernel.</summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
internal abstract class UnaryOperator<TKernel> : UnaryOperator
    where TKernel : struct, IUnaryKernel
{
    protected sealed override FloatMap PrepareFloat(Attributes attributes) => ElementWise.Map<TKernel>;
}
