namespace MedTune.Tensors;

/// <summary>Numbered tasks whose loops are written once for every width of register.</summary>
internal interface ILaneTask
{
    /// <summary>Runs one task.</summary>
    /// <typeparam name="TLanes">The registers to use.</typeparam>
    /// <param name="task">From 0.</param>
    void Run<TLanes>(int task)
        where TLanes : struct, ILanes<TLanes>;
}
