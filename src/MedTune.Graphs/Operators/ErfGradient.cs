using System.Runtime.CompilerServices;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>The gradient that passes an Erf of y: x · 2/√π · exp(-y²).</summary>
internal sealed class ErfGradient : BinaryOperator<ErfGradient.Kernel>
{
    private const double TwoOverRootPi = 1.12837916709551257390;

    public override string Name => "ErfGradient";

    public override string Domain => InternalDomain;

    public override IEnumerable<OperatorCase> Cases => BinaryCases(AnyValues, AnyValues);

    protected override bool TakesWholeNumbers => false;

    protected override double Map(double x, double y) => x * (TwoOverRootPi * DoubleMath.Exp(-(y * y)));

    /// <summary>The formula on lanes; x is the gradient that arrives.</summary>
    internal readonly struct Kernel : IBinaryKernel
    {
        /// <inheritdoc/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Invoke<T>(T x, T y)
            where T : struct, ILanes<T> => x * (T.Create((float)TwoOverRootPi) * ExpKernel.Invoke(-(y * y)));
    }
}
