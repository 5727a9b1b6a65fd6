### Comments on orders in the shop. Behind each stands a mark of ours, which is no text.

shop-moved = Date changée : { $before } → { $after }
# A linked order is about to be made.
shop-begun = Changement de date commencé : { $before } → { $after }
# Said of the original, then of the linked order.
shop-replaced-by = Changement de date vers la commande { $number } : { $before } → { $after }
shop-replaces = Changement de date depuis la commande { $number } : { $before } → { $after }
# Behind one of those above: what was paid, where that is not the list price, and what is due.
shop-paid = , déjà payé : { $amount }
shop-due = , reste à payer : { $amount }
shop-undone = Changement de date annulé
# What is given back, as bookkeeping needs it.
shop-difference = Différence de prix { $gross } (net { $net }, taxe de { $percent } % { $tax })
