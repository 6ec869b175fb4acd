using System.Runtime.CompilerServices;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient that passes a Relu: dy where the Relu's output y is above 0, else 0.</summary>
internal sealed class ReluGradient : BinaryOperator<ReluGradient.Kernel>
{
    public override string Name => "ReluGradient";

    public override string Domain => InternalDomain;

    public override IEnumerable<OperatorCase> Cases => BinaryCases(AnyValues, AnyValues);

    protected override bool TakesWholeNumbers => false;

    protected override double Map(double x, double y) => y > 0 ? x : 0;

    /// <summary>The formula on lanes; x is the gradient that arrives.</summary>
    internal readonly struct Kernel : IBinaryKernel
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke<T>(T x, T y)
            where T : struct, ILanes<T> => T.Select(T.LessThan(T.Create(0), y), x, T.Create(0));
    }
}
