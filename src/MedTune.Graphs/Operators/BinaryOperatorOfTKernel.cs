using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An element-wise operator of two inputs whose float forward is one vector kernel.</summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
internal abstract class BinaryOperator<TKernel> : BinaryOperator
    where TKernel : struct, IBinaryKernel
{
    protected sealed override void Map(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination) => ElementWise.Map<TKernel>(x, y, destination);

    protected sealed override void Map(ReadOnlySpan<float> x, float y, Span<float> destination) => ElementWise.Map<TKernel>(x, y, destination);

    protected sealed override void Map(float x, ReadOnlySpan<float> y, Span<float> destination) => ElementWise.Map<TKernel>(x, y, destination);
}
