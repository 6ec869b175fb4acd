namespace MedTune.Tensors;

/// <summary>Work in numbered tasks that is written once for every instruction set: on its tiles, and on its registers for what is done element by element.</summary>
internal interface ITileTask
{
    /// <summary>Runs one task.</summary>
    void Run<TTiles, TLanes>(int task)
        where TTiles : struct, IConvolutionTiles
        where TLanes : struct, ILanes<TLanes>;
}
