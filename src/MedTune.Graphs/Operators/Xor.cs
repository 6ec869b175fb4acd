namespace MedTune.Graphs.Operators;

/// <summary>Exactly one holds, broadcast.</summary>
internal sealed class Xor : LogicOperator
{
    public override string Name => "Xor";

    public override Action Compile(KernelContext context) => Pairs<bool, Rule>(context);

    private readonly struct Rule : IRule<bool>
    {
        public static bool Holds(bool x, bool y) => x ^ y;
    }
}
