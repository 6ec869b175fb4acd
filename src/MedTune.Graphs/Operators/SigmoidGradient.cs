using System.Runtime.CompilerServices;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient that passes a Sigmoid with output y: dy · y · (1 - y).</summary>
internal sealed class SigmoidGradient : BinaryOperator<SigmoidGradient.Kernel>
{
    public override string Name => "SigmoidGradient";

    public override string Domain => InternalDomain;

    public override IEnumerable<OperatorCase> Cases => BinaryCases(AnyValues, AnyValues);

    protected override bool TakesWholeNumbers => false;

    protected override double Map(double x, double y) => x * (y * (1 - y));

    /// <summary>The formula on lanes; x is the gradient that arrives.</summary>
    internal readonly struct Kernel : IBinaryKernel
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke<T>(T x, T y)
            where T : struct, ILanes<T> => x * (y * (T.Create(1) - y));
    }
}
