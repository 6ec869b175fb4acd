namespace MedTune.Tensors;

/// <summary>Shares tasks out among threads with the tiles and registers of the widest instruction set this process runs.</summary>
internal static class TileTasks
{
    /// <summary>Runs tasks 0 to <paramref name="count"/> - 1.</summary>
    public static void Run<TTask>(TaskPool pool, int count, TTask work)
        where TTask : struct, ITileTask
    {
        switch (InstructionSets.Active)
        {
            case InstructionSet.Vector512:
                pool.Run(count, work, static (work, task) => work.Run<ConvolutionTiles512, Lanes512>(task));
                break;
            case InstructionSet.Vector256:
                pool.Run(count, work, static (work, task) => work.Run<ConvolutionTiles256, Lanes256>(task));
                break;
            case InstructionSet.Vector128:
                pool.Run(count, work, static (work, task) => work.Run<ConvolutionTiles128, Lanes128>(task));
                break;
            default:
                pool.Run(count, work, static (work, task) => work.Run<ConvolutionTilesScalar, ScalarLanes>(task));
                break;
        }
    }
}
