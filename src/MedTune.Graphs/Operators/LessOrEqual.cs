using System.Numerics;

namespace MedTune.Graphs.Operators;

/// <summary>x ≤ y, broadcast.</summary>
internal sealed class LessOrEqual : ComparisonOperator
{
    public override string Name => "LessOrEqual";

    protected override Action Compile<T>(KernelContext context) => Pairs<T, Rule<T>>(context);

    private readonly struct Rule<T> : IRule<T>
        where T : INumber<T>
    {
        public static bool Holds(T x, T y) => x <= y;
    }
}
