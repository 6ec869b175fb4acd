using System.Runtime.CompilerServices;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient that passes a Tanh with output y: dy · (1 - y²).</summary>
internal sealed class TanhGradient : BinaryOperator<TanhGradient.Kernel>
{
    public override string Name => "TanhGradient";

    public override string Domain => InternalDomain;

    public override IEnumerable<OperatorCase> Cases => BinaryCases(AnyValues, AnyValues);

    protected override bool TakesWholeNumbers => false;

    protected override double Map(double x, double y) => x * (1 - (y * y));

    /// <summary>The formula on lanes; x is the gradient that arrives.</summary>
    internal readonly struct Kernel : IBinaryKernel
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke<T>(T x, T y)
            where T : struct, ILanes<T> => x * (T.Create(1) - (y * y));
    }
}
